using System.Xml.Linq;

namespace ScimOperator.Dev.TestRun;

/// <summary>Reads the results that the test platform writes.</summary>
internal static class TrxReader
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <exception cref="FormatException">It is no complete results file.</exception>
    internal static IReadOnlyList<TestResult> Read(string xml)
    {
        try
        {
            return [.. XDocument.Parse(xml).Descendants(Trx + "UnitTestResult").Select(Result)];
        }
        catch (System.Xml.XmlException exception)
        {
            throw new FormatException($"the results file is damaged: {exception.Message}", exception);
        }
    }

    private static TestResult Result(XElement element)
    {
        var outcome = (string?)element.Attribute("outcome") switch
        {
            "Passed" => TestOutcome.Passed,
            "NotExecuted" => TestOutcome.Skipped,
            _ => TestOutcome.Failed,
        };
        return new TestResult((string?)element.Attribute("testName") ?? "(a test without a name)", outcome, outcome == TestOutcome.Passed ? "" : Words(element));
    }

    /// <summary>Where the words are depends on how the test ended and which framework reported it.</summary>
    private static string Words(XElement element)
    {
        var output = element.Element(Trx + "Output");
        var error = output?.Element(Trx + "ErrorInfo");
        string?[] candidates = [error?.Element(Trx + "Message")?.Value, output?.Element(Trx + "StdOut")?.Value, (string?)element.Attribute("outcome")];
        var message = candidates.First(text => !string.IsNullOrWhiteSpace(text))!.Trim();
        var trace = error?.Element(Trx + "StackTrace")?.Value.Trim();
        return string.IsNullOrEmpty(trace) ? message : $"{message}\n{trace}";
    }
}
