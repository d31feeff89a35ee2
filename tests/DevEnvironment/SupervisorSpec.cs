using System.Text.Json;
using ScimOperator.ControlPlanes;

namespace ScimOperator.DevEnvironments;

/// <summary>What <see cref="OperatorSupervisor"/> runs: handed over in a file, as its process outlives the one that starts it.</summary>
/// <param name="ServicePort">The port on 127.0.0.1 that leads to any replica's webhooks.</param>
/// <param name="LogDirectory">Where the replicas' logs go.</param>
/// <param name="Program">The operator's binary.</param>
/// <param name="Replicas">The replicas.</param>
public sealed record SupervisorSpec(int ServicePort, string LogDirectory, string Program, IReadOnlyList<SupervisedReplica> Replicas)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="ControlPlaneException">It is missing or damaged.</exception>
    public static SupervisorSpec Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SupervisorSpec>(File.ReadAllText(path)) ?? throw new JsonException("it is empty");
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw new ControlPlaneException($"{path} can't be used: {exception.Message}. It is written by make up.", exception);
        }
    }

    internal void Write(string path) => PrivateFile.Write(path, JsonSerializer.Serialize(this));
}
