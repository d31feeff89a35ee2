using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>One kind of bad weather between the operator and the account, for as long as it is set.</summary>
internal abstract class Weather
{
    private int spoilt;

    /// <summary>How many calls it has spoilt so far.</summary>
    internal int Spoilt => Volatile.Read(ref spoilt);

    /// <summary>Every kind there is, by name.</summary>
    internal static IReadOnlyDictionary<string, Func<Weather>> Kinds { get; } = new Dictionary<string, Func<Weather>>
    {
        ["outage"] = () => new Refusing(0),
        ["throttling"] = () => new Refusing(StatusCodes.Status429TooManyRequests),
        ["maintenance"] = () => new Refusing(StatusCodes.Status503ServiceUnavailable),
        ["slow answers"] = () => new Slow(),
        ["half bodies"] = () => new HalfBodies(),
        ["lost answers"] = () => new LostAnswers(),
        ["half pages"] = () => new Pages(items => items.Take((items.Count + 1) / 2)),
        ["duplicated pages"] = () => new Pages(items => items.Concat(items)),
        ["clocks two hours ahead"] = () => new Skew(TimeSpan.FromHours(2)),
        ["clocks two hours behind"] = () => new Skew(TimeSpan.FromHours(-2)),
    };

    /// <summary>Whether it has answered, so that the account never sees the call.</summary>
    internal virtual Task<bool> BeforeAsync(HttpContext context) => Task.FromResult(false);

    /// <summary>Passes on what the account answered, or what is left of it.</summary>
    internal virtual Task AnswerAsync(HttpContext context, byte[] body) => context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();

    private protected void Spoil() => Interlocked.Increment(ref spoilt);

    private sealed class Refusing(int status) : Weather
    {
        internal override Task<bool> BeforeAsync(HttpContext context)
        {
            Spoil();
            if (status == 0)
            {
                context.Abort();
                return Task.FromResult(true);
            }

            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "1";
            return Task.FromResult(true);
        }
    }

    /// <summary>Within the operator's patience, and every third beyond it.</summary>
    private sealed class Slow : Weather
    {
        private int calls;

        internal override async Task<bool> BeforeAsync(HttpContext context)
        {
            Spoil();
            var beyond = Interlocked.Increment(ref calls) % 3 == 0;
            await Task.Delay(TimeSpan.FromMilliseconds(beyond ? 5_500 : 400), TimeProvider.System, context.RequestAborted);
            return false;
        }
    }

    private sealed class HalfBodies : Weather
    {
        internal override async Task AnswerAsync(HttpContext context, byte[] body)
        {
            Spoil();
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        }
    }

    /// <summary>The account has done what it was asked, and nobody hears of it.</summary>
    private sealed class LostAnswers : Weather
    {
        internal override Task AnswerAsync(HttpContext context, byte[] body)
        {
            Spoil();
            context.Abort();
            return Task.CompletedTask;
        }
    }

    private sealed class Pages(Func<IReadOnlyList<JsonNode?>, IEnumerable<JsonNode?>> meddle) : Weather
    {
        internal override Task AnswerAsync(HttpContext context, byte[] body)
        {
            if (context.Request.Method != HttpMethods.Get || JsonNode.Parse(body) is not JsonObject { } page || page["items"] is not JsonArray items)
            {
                return base.AnswerAsync(context, body);
            }

            Spoil();
            page["items"] = new JsonArray([.. meddle([.. items]).Select(item => item?.DeepClone())]);
            return base.AnswerAsync(context, Encoding.UTF8.GetBytes(page.ToJsonString()));
        }
    }

    /// <summary>The account's clock is off, and so is every time it tells.</summary>
    private sealed class Skew(TimeSpan off) : Weather
    {
        internal override Task AnswerAsync(HttpContext context, byte[] body)
        {
            Spoil();
            context.Response.Headers.Date = (TimeProvider.System.GetUtcNow() + off).ToString("R", CultureInfo.InvariantCulture);
            var answer = body.Length == 0 ? null : JsonNode.Parse(body);
            Shift(answer);
            return base.AnswerAsync(context, answer is null ? body : Encoding.UTF8.GetBytes(answer.ToJsonString()));
        }

        private void Shift(JsonNode? node)
        {
            foreach (var child in node switch { JsonObject map => map.Select(m => m.Value), JsonArray list => list, _ => [] })
            {
                Shift(child);
            }

            if (node is not JsonObject fields)
            {
                return;
            }

            foreach (var (name, value) in fields.ToList())
            {
                if (name.EndsWith("At", StringComparison.Ordinal) && value is JsonValue text && text.TryGetValue<DateTimeOffset>(out var time))
                {
                    fields[name] = (time + off).ToString("O", CultureInfo.InvariantCulture);
                }
            }
        }
    }
}
