namespace ScimOperator.Dev.Demo;

/// <summary>How the demo is played.</summary>
/// <param name="Kill">What is killed in the middle of step 5.</param>
internal sealed record DemoOptions(KillTarget Kill)
{
    /// <exception cref="FormatException">With a message for the user.</exception>
    internal static DemoOptions Parse(IReadOnlyList<string> args) => args switch
    {
        [] => new DemoOptions(KillTarget.None),
        ["--kill", var name] when Enum.TryParse<KillTarget>(name, ignoreCase: true, out var target) && Enum.IsDefined(target) => new DemoOptions(target),
        _ => throw new FormatException($"demo: \"{string.Join(' ', args)}\" is not understood. Its only option is --kill leader|apiserver|backend."),
    };
}
