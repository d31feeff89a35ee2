using System.Globalization;
using System.Text.Json;

namespace ScimOperator.Bench;

/// <summary>A running SCIM server to measure.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Url">Base of its SCIM service.</param>
/// <param name="Token">The bearer token that it accepts.</param>
/// <param name="Users">How many users it is to hold.</param>
/// <param name="HasBulk">Whether users can be added many at a time.</param>
internal sealed record Subject(string Name, Uri Url, string Token, int Users, bool HasBulk)
{
    private const int BulkSize = 500;

    /// <summary>Ids of the users it holds, in the order of their names.</summary>
    public string[] Ids { get; } = new string[Users];

    public string Path => Url.AbsolutePath.TrimEnd('/');

    public static string UserName(int number) => string.Create(CultureInfo.InvariantCulture, $"bench{number}@example.test");

    public static string User(string name) =>
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"" + name + "\",\"active\":true,"
        + "\"name\":{\"givenName\":\"Bench\",\"familyName\":\"Mark\"},\"emails\":[{\"value\":\"" + name + "\",\"type\":\"work\",\"primary\":true}]}";

    public Task<HttpConnection> OpenAsync() => HttpConnection.OpenAsync(Url, Token);

    /// <summary>Gives it its users.</summary>
    public async Task SeedAsync(int connections)
    {
        var next = 0;
        var step = HasBulk ? BulkSize : 1;
        await Task.WhenAll(Enumerable.Range(0, HasBulk ? 2 : connections).Select(async _ =>
        {
            using var connection = await OpenAsync();
            for (var from = Interlocked.Add(ref next, step) - step; from < Users; from = Interlocked.Add(ref next, step) - step)
            {
                await (HasBulk ? BulkAsync(connection, from, Math.Min(step, Users - from)) : AddAsync(connection, from));
            }
        }));
    }

    private async Task AddAsync(HttpConnection connection, int number)
    {
        var (status, body) = await connection.SendAsync("POST", Path + "/Users", User(UserName(number)));
        using var answer = Parse(status, 201, body);
        Ids[number] = answer.RootElement.GetProperty("id").GetString()!;
    }

    private async Task BulkAsync(HttpConnection connection, int from, int count)
    {
        var operations = Enumerable.Range(from, count).Select(n =>
            string.Create(CultureInfo.InvariantCulture, $"{{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"{n}\",\"data\":{User(UserName(n))}}}"));
        var (status, body) = await connection.SendAsync(
            "POST", Path + "/Bulk", "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":[" + string.Join(',', operations) + "]}");
        using var answer = Parse(status, 200, body);
        foreach (var operation in answer.RootElement.GetProperty("Operations").EnumerateArray())
        {
            var number = int.Parse(operation.GetProperty("bulkId").GetString()!, CultureInfo.InvariantCulture);
            var location = operation.TryGetProperty("location", out var at) ? at.GetString()! : throw new BenchException($"{Name}: {operation}");
            Ids[number] = location[(location.LastIndexOf('/') + 1)..];
        }
    }

    private JsonDocument Parse(int status, int expected, ReadOnlyMemory<byte> body) => status == expected
        ? JsonDocument.Parse(body)
        : throw new BenchException($"{Name} answered {status} while it was given its users: {System.Text.Encoding.UTF8.GetString(body.Span)}");
}
