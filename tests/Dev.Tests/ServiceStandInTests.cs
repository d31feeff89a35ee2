using System.Net;
using System.Net.Sockets;
using ScimOperator.ControlPlanes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Tests;

public sealed class ServiceStandInTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_connection_goes_to_the_first_replica_that_accepts_it()
    {
        var down = LoopbackPort.FindFree();
        using var replica = new TcpListener(IPAddress.Loopback, 0);
        replica.Start();
        var answering = AnswerAsync(replica, "from the second"u8.ToArray());
        await using var service = new ServiceStandIn(() => [down, ((IPEndPoint)replica.LocalEndpoint).Port]);

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, service.Port);
        using var reader = new StreamReader(client.GetStream());

        Assert.Equal("from the second", await reader.ReadToEndAsync().WaitAsync(Patience));
        await answering.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_connection_is_closed_where_no_replica_runs()
    {
        await using var service = new ServiceStandIn(() => [LoopbackPort.FindFree()]);

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, service.Port);

        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
    }

    private static async Task AnswerAsync(TcpListener replica, byte[] answer)
    {
        using var connection = await replica.AcceptTcpClientAsync();
        await connection.GetStream().WriteAsync(answer);
    }
}
