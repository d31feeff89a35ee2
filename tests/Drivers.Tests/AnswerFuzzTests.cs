using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.Crds;
using ScimOperator.Drivers.AccountApi;
using ScimOperator.Drivers.Scim;
using ScimOperator.Guard;

namespace ScimOperator.Drivers.Tests;

/// <summary>Whatever an account answers, a driver gives a result or a <see cref="BackendException"/>; anything else would stop a reconcile for a reason that no condition names.</summary>
public sealed class AnswerFuzzTests
{
    private const int DefaultIterations = 4000;

    private static readonly string[] Bodies =
    [
        "{}",
        """{"totalResults":2,"startIndex":1,"Resources":[{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1","userName":"ann@acme.test","active":"True","roles":[{"value":"administrator"},"x"],"meta":{"version":"W/\"1\""}},{"id":"2","userName":"bob@acme.test","displayName":"\ud83d\ude00"}]}""",
        """{"id":"1","userName":"ann@acme.test","displayName":"Ann","active":true,"roles":[{"value":"auditor","x":1.50}],"meta":{"version":"W/\"2\"","location":"/Users/1"}}""",
        """{"patch":{"supported":true},"filter":{"supported":true,"maxResults":200},"etag":{"supported":true}}""",
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"scimType":"uniqueness","detail":"taken","status":"409"}""",
        """{"items":[{"id":"usr_1","email":"ann@acme.test","userType":"Admin","active":true,"version":3,"ownerId":"usr_1","createdAt":"2026-01-01T00:00:00Z"}],"nextCursor":"x","id":"acc_1","plan":"Enterprise","value":"v"}""",
    ];

    private static readonly int[] Statuses = [200, 200, 200, 200, 201, 204, 301, 304, 400, 401, 403, 404, 405, 409, 412, 429, 500, 501, 503];
    private static readonly string?[] Types = ["application/scim+json", "application/json", null, "text/html", "application/problem+json", "a/b;c=\"d"];

    private static int Iterations => int.TryParse(Environment.GetEnvironmentVariable("FUZZ_ITERATIONS"), out var asked) ? asked : DefaultIterations;

    [Fact]
    public Task The_SCIM_driver_fails_in_one_way_only() => FuzzAsync(c => new ScimDriver(c, new UserTypeMapping(new ScimUserType { Attribute = "roles", Values = new() { Admin = "administrator" } })));

    [Fact]
    public Task The_admin_API_driver_fails_in_one_way_only() => FuzzAsync(c => new AccountApiDriver(c));

    private static async Task FuzzAsync(Func<DriverConnection, IAccountDriver> make)
    {
        for (var seed = 0; seed < Iterations; seed++)
        {
            using var http = new HttpClient(new BabblingHandler(new Random(seed))) { Timeout = Timeout.InfiniteTimeSpan };
            var time = new FakeTimeProvider();
            var driver = make(new DriverConnection(http, new Uri("http://acme.test/v2"), "cred-5", new AccountGate(time, new Random(seed)), time, TimeSpan.FromSeconds(5)));
            try
            {
                await CallAsync(driver, seed);
            }
            catch (BackendException e)
            {
                Assert.DoesNotContain("cred-5", e.Message, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Seed {seed}: {e}");
            }
        }
    }

    private static Task CallAsync(IAccountDriver driver, int seed) => (seed % 8) switch
    {
        0 => driver.GetAccountAsync(default),
        1 => driver.ListUsersAsync(default),
        2 => driver.FindUserAsync("ann@acme.test", default),
        3 => driver.CreateUserAsync(new NewUser("ann@acme.test", "Ann", new UserState(UserType.Admin, true)), default),
        4 => driver.UpdateUserAsync("1", new UserPatch("Anna", UserType.Member, false), "W/\"1\"", default),
        5 => driver.DeleteUserAsync("1", default),
        6 => driver.ListTokensAsync(null, default),
        _ => driver.TryTokenAsync(new Uri("http://acme.test/v2"), "cred-5", default),
    };

    /// <summary>Answers with bodies that were right before they were damaged.</summary>
    private sealed class BabblingHandler(Random random) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new ByteArrayContent(Damage(Encoding.UTF8.GetBytes(Bodies[random.Next(Bodies.Length)])));
            if (Types[random.Next(Types.Length)] is { } type)
            {
                content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            var answer = new HttpResponseMessage((HttpStatusCode)Statuses[random.Next(Statuses.Length)]) { Content = content };
            answer.Headers.TryAddWithoutValidation("ETag", random.Next(2) == 0 ? "W/\"1\"" : "not \u00e4 tag");
            answer.Headers.TryAddWithoutValidation("Retry-After", random.Next(3) switch { 0 => "5", 1 => "-1", _ => "Thu, 01 Jan 1970 00:00:00 GMT" });
            return Task.FromResult(answer);
        }

        private byte[] Damage(byte[] body)
        {
            var damaged = body.ToList();
            for (var blows = random.Next(4); blows > 0 && damaged.Count > 0; blows--)
            {
                var at = random.Next(damaged.Count);
                switch (random.Next(5))
                {
                    case 0:
                        damaged[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        damaged.RemoveRange(at, Math.Min(random.Next(1, 12), damaged.Count - at));
                        break;
                    case 2:
                        damaged.InsertRange(at, damaged.GetRange(at, Math.Min(random.Next(1, 30), damaged.Count - at)));
                        break;
                    case 3:
                        damaged.InsertRange(at, Encoding.ASCII.GetBytes(Words[random.Next(Words.Length)]));
                        break;
                    default:
                        damaged.RemoveRange(at, damaged.Count - at);
                        break;
                }
            }

            return [.. damaged];
        }

        private static readonly string[] Words = ["null", "{}", "[]", "-1", "1e999", "\"\\ud800\"", "true", "\"\"", "\\u0000", "[[[[", ",\"id\":\"..\""];
    }
}
