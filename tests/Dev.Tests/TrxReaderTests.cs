using ScimOperator.Dev.TestRun;

namespace ScimOperator.Dev.Tests;

public sealed class TrxReaderTests
{
    private const string Results = """
        <?xml version="1.0" encoding="utf-8"?>
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>
            <UnitTestResult testName="A.Holds" outcome="Passed"><Output><StdOut>noise</StdOut></Output></UnitTestResult>
            <UnitTestResult testName="B.Breaks(n: 1)" outcome="Failed">
              <Output><StdOut>noise</StdOut><ErrorInfo><Message>expected 1</Message><StackTrace>   at B.Breaks()</StackTrace></ErrorInfo></Output>
            </UnitTestResult>
            <UnitTestResult testName="C.Skips" outcome="NotExecuted"><Output><ErrorInfo><Message>no engine</Message></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testName="D.Skips" outcome="NotExecuted"><Output><StdOut>no cluster</StdOut></Output></UnitTestResult>
            <UnitTestResult testName="E.Hangs" outcome="Timeout" />
          </Results>
        </TestRun>
        """;

    [Fact]
    public void Every_outcome_but_passed_and_not_executed_is_a_failure()
    {
        var outcomes = TrxReader.Read(Results).Select(result => (result.Name, result.Outcome));

        Assert.Equal(
            [
                ("A.Holds", TestOutcome.Passed), ("B.Breaks(n: 1)", TestOutcome.Failed), ("C.Skips", TestOutcome.Skipped),
                ("D.Skips", TestOutcome.Skipped), ("E.Hangs", TestOutcome.Failed),
            ],
            outcomes);
    }

    [Fact]
    public void The_words_are_the_message_with_its_trace_or_the_reason_wherever_it_was_written()
    {
        var words = TrxReader.Read(Results).Select(result => result.Words);

        Assert.Equal(["", "expected 1\nat B.Breaks()", "no engine", "no cluster", "Timeout"], words);
    }

    [Fact]
    public void A_file_that_was_cut_short_is_refused() =>
        Assert.Throws<FormatException>(() => TrxReader.Read(Results[..200]));
}
