using System.Text;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>What a command writes, readable while it runs.</summary>
internal sealed class LiveText : TextWriter
{
    private readonly StringBuilder text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (text)
        {
            text.Append(value);
        }
    }

    public override string ToString()
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
