using ScimOperator.Dev.TestRun;

namespace ScimOperator.Dev.Tests;

public sealed class TestReportTests
{
    private static readonly TestResult Passed = new("A.Holds", TestOutcome.Passed, "");
    private static readonly TestResult Failed = new("B.Breaks", TestOutcome.Failed, "expected 1\nat B.cs:2");
    private static readonly TestResult Skipped = new("C.Needs_more", TestOutcome.Skipped, "There is no engine.");

    [Fact]
    public void The_last_line_is_the_count_alone() =>
        Assert.Equal("2 passed, 1 failed, 1 skipped", TestReport.Format([Passed, Failed, Skipped, Passed]).Split('\n')[^1]);

    [Fact]
    public void A_skipped_test_is_listed_with_its_reason_and_a_failed_one_with_its_message()
    {
        var report = TestReport.Format([Failed, Skipped]);

        Assert.Contains("C.Needs_more\n      There is no engine.", report, StringComparison.Ordinal);
        Assert.Contains("B.Breaks\n      expected 1\n      at B.cs:2", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_succeeds_only_when_something_passed_and_nothing_failed()
    {
        Assert.True(TestReport.Succeeded([Passed, Skipped]));
        Assert.False(TestReport.Succeeded([Passed, Failed]));
        Assert.False(TestReport.Succeeded([Skipped]));
        Assert.False(TestReport.Succeeded([]));
    }
}
