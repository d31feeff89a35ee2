using Microsoft.Extensions.Logging.Abstractions;
using ScimOperator.ApiMachinery;
using ScimOperator.ControlPlanes;
using ScimOperator.Integration.Tests.Harness;
using ScimOperator.Runtime.Events;

namespace ScimOperator.Integration.Tests;

/// <summary>Events on a real API server.</summary>
public sealed class EventTests(ControlPlaneFixture fixture) : IClassFixture<ControlPlaneFixture>
{
    private readonly Kube kube = new(fixture.Plane);

    [Fact]
    public async Task Repeats_are_counted_on_one_event_of_the_object_and_others_get_their_own()
    {
        var ns = await kube.CreateNamespaceAsync();
        await new ConfigMaps(kube, ns).CreateAsync("subject");
        using var client = Clients.Direct(fixture.Plane);
        var subject = (await client.GetAsync(ConfigMapInformer.Type, new ObjectKey(ns, "subject"), CancellationToken.None))!;
        var options = new EventRecorderOptions { Controller = "example.test/controller", Instance = "one", SeriesInterval = TimeSpan.Zero };
        var recorder = new EventRecorder(client, options, TimeProvider.System, NullLoggerFactory.Instance);
        for (var i = 0; i < 5; i++)
        {
            recorder.Record(subject, "v1", "ConfigMap", warning: false, "Rotated", "Rotated it.");
        }

        recorder.Record(subject, "v1", "ConfigMap", warning: true, "Refused", string.Concat(Enumerable.Repeat("zażółć ", 300)));
        using var stop = new CancellationTokenSource();
        var run = recorder.RunAsync(stop.Token);
        var path = Kube.Core(ns, "events") + $"?fieldSelector=involvedObject.uid%3D{subject.Metadata.Uid}";
        await Eventually.HoldsAsync(async () => (await kube.ListAsync(path)).Count is var count and not 2 ? $"{count} events" : null, "both events are written");
        await stop.CancelAsync();
        await run;
        var events = (await kube.ListAsync(path)).ToDictionary(e => e["reason"]!.GetValue<string>());
        Assert.Equal(2, events.Count);
        Assert.Equal(5, events["Rotated"]["series"]!["count"]!.GetValue<int>());
        Assert.Equal("Normal", events["Rotated"]["type"]!.GetValue<string>());
        Assert.Equal("Warning", events["Refused"]["type"]!.GetValue<string>());
        Assert.EndsWith("…", events["Refused"]["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
