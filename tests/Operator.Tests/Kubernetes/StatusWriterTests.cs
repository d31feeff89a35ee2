using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Runtime.Caching;

namespace ScimOperator.Operator.Tests.Kubernetes;

public sealed class StatusWriterTests
{
    [Fact]
    public async Task Its_own_write_is_told_and_is_not_taken_for_somebody_elses()
    {
        var informer = new ToldInformer<ScimToken>();
        var writer = Writer(informer);
        var foreign = new List<bool>();
        informer.AddHandler(delta => foreign.Add(writer.IsForeign(delta)));

        await writer.WriteAsync(Token("1"), new ScimTokenStatus { ObservedGeneration = 1 }, CancellationToken.None);

        Assert.Equal([false], foreign);
    }

    [Fact]
    public async Task A_status_that_arrives_after_its_own_is_somebody_elses_and_worth_another_look()
    {
        var informer = new ToldInformer<ScimToken>();
        var writer = Writer(informer);
        await writer.WriteAsync(Token("1"), new ScimTokenStatus { ObservedGeneration = 1 }, CancellationToken.None);

        Assert.True(writer.IsForeign(new Delta<ScimToken>(Token("2"), Token("3"))));
    }

    private static StatusWriter<ScimToken, ScimTokenStatus> Writer(IInformer<ScimToken> informer) => new(
        new AnsweringClient(Token("2")),
        ResourceTypes.ScimTokens,
        informer,
        t => t.Status,
        s => s,
        CrdsJsonContext.Default.ScimTokenStatus,
        OperatorJsonContext.Default.ScimTokenStatusPatch);

    private static ScimToken Token(string version) => new() { Metadata = new ObjectMeta { Name = "okta", Namespace = "acme", Uid = "uid-1", ResourceVersion = version } };
}
