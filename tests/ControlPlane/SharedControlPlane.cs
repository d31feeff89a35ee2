namespace ScimOperator.ControlPlanes;

/// <summary>
/// One control plane for a whole process, started when it is first asked for and ended with the process: any number of test
/// collections use it at the same time, each in a namespace of its own. Who stops or kills parts of it starts their own instead.
/// </summary>
public static class SharedControlPlane
{
    private static readonly Lazy<Task<ControlPlane>> Instance = new(StartAsync);

    /// <summary>The control plane; a failed start fails every caller with the same explanation.</summary>
    public static Task<ControlPlane> GetAsync() => Instance.Value;

    private static async Task<ControlPlane> StartAsync()
    {
        var plane = await ControlPlane.StartAsync();
        // Where there is no setpriv, nothing else ends the children with this process.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => plane.Abandon();
        return plane;
    }
}
