using System.Text;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Simulation.Tests.People;

/// <summary>An identity provider: reads its Secret now and then, and uses the token it read last without asking anybody.</summary>
internal sealed class IdentityProvider(World world, string name)
{
    internal static TimeSpan LongestReread { get; } = TimeSpan.FromSeconds(25);

    private string? held;

    internal async Task RunAsync()
    {
        var reread = world.Faults.Between(3, LongestReread.TotalSeconds);
        var every = world.Faults.Between(1, 6);
        var readAt = world.Time.GetUtcNow();
        while (true)
        {
            await world.Scheduler.PassAsync(every);
            if (world.Time.GetUtcNow() >= readAt)
            {
                held = Read() ?? held;
                readAt = world.Time.GetUtcNow() + reread;
            }

            if (held is not null && !world.Managed.Use(held))
            {
                world.Observer.OnRefused(name, held);
            }
        }
    }

    private string? Read() =>
        world.Server.Get("secrets", new ObjectKey(World.Namespace, name))?.Text("data", "token") is { } data
            ? Encoding.UTF8.GetString(Convert.FromBase64String(data))
            : null;
}
