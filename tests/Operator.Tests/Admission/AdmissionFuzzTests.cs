using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace ScimOperator.Operator.Tests.Admission;

/// <summary>Whatever the API server, or somebody in its place, sends: a verdict or HTTP 4xx, and never leave to stop a token. FUZZ_ITERATIONS makes it longer.</summary>
public sealed class AdmissionFuzzTests
{
    private static readonly long Iterations = long.TryParse(Environment.GetEnvironmentVariable("FUZZ_ITERATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 3_000;

    private readonly FuzzWorld world = new();
    private int demotions;
    private int allowed;

    [Fact]
    public void A_right_review_gets_a_verdict_and_no_holder_of_a_token_is_let_go()
    {
        ReviewGen.Valid.Sample(
            review => IsAnswered(review.Path, Encoding.UTF8.GetBytes(review.Review)) == 200, iter: Iterations, threads: 1);

        // Both sides must have been seen, or the generator proves nothing.
        Assert.True(demotions > 0 && allowed > 0, $"{demotions} demotions, {allowed} allowed");
    }

    [Fact]
    public void A_review_with_damaged_fields_gets_a_verdict_or_a_4xx()
    {
        ReviewGen.Damaged.Sample(review => IsAnswered(review.Path, Encoding.UTF8.GetBytes(review.Review)) > 0, iter: Iterations, threads: 1);

        Assert.True(demotions > 0 && allowed > 0, $"{demotions} demotions, {allowed} allowed");
    }

    [Fact]
    public void A_review_with_damaged_bytes_gets_a_verdict_or_a_4xx() =>
        ReviewGen.Torn.Sample(review => IsAnswered(review.Path, review.Review) > 0, iter: Iterations, threads: 1);

    [Fact]
    public void A_review_for_another_webhook_is_a_4xx() => Gen.Select(ReviewGen.Valid, ReviewGen.Valid)
        .Where((a, b) => Kind(a.Path) != Kind(b.Path))
        .Sample((a, b) => IsAnswered(a.Path, Encoding.UTF8.GetBytes(b.Review)) == 400, iter: Iterations / 4, threads: 1);

    [Fact]
    public void The_time_that_the_API_server_gives_may_be_any_text() => Gen.Select(ReviewGen.Valid, Gen.OneOf(Gen.String[0, 8], Gen.Double.Select(d => $"{d.ToString(CultureInfo.InvariantCulture)}s")))
        .Sample((review, timeout) => IsAnswered(review.Path, Encoding.UTF8.GetBytes(review.Review), "?timeout=" + Uri.EscapeDataString(timeout)) == 200, iter: Iterations / 4, threads: 1);

    private static string Kind(string path) => path[(path.LastIndexOf('-') + 1)..];

    /// <summary>The HTTP status, when the answer is as it must be; 0 when it is not.</summary>
    private int IsAnswered(string path, byte[] review, string query = "")
    {
        var (status, body) = world.Post(path, review, query);
        if (status is >= 400 and < 500)
        {
            return body.Length > 0 ? status : 0;
        }

        using var answer = JsonDocument.Parse(body);
        var response = answer.RootElement.GetProperty("response");
        var lets = response.GetProperty("allowed").GetBoolean();
        var demotes = path.StartsWith("/validate", StringComparison.Ordinal) && Kind(path) == "accountuser" && TokenHolderOracle.Ends(review);
        allowed += lets ? 1 : 0;
        demotions += demotes ? 1 : 0;
        return status == 200 && IsWellFormed(response, lets) && !(lets && demotes) ? status : 0;
    }

    private static bool IsWellFormed(JsonElement response, bool lets)
    {
        if (response.GetProperty("uid").GetString() is not { Length: > 0 })
        {
            return false;
        }

        return lets
            ? !response.TryGetProperty("patch", out var patch) || JsonDocument.Parse(patch.GetBytesFromBase64()).RootElement.ValueKind == JsonValueKind.Array
            : response.GetProperty("status") is var status && status.GetProperty("code").GetInt32() is >= 400 and < 600 && status.GetProperty("message").GetString() is { Length: > 0 };
    }
}
