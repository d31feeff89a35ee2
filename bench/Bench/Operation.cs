namespace ScimOperator.Bench;

/// <summary>What is asked, again and again.</summary>
/// <param name="Statuses">One of which it must be answered.</param>
/// <param name="Contains">What the answer must contain, so that an error is not taken for speed; null asks for nothing.</param>
internal sealed record Operation(string Name, IReadOnlyList<int> Statuses, string? Contains, Func<Subject, Random, long, (string Method, string Path, string? Body)> Request)
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET /Users/{id}", [200], "\"userName\"", (s, random, _) => ("GET", $"{s.Path}/Users/{s.Ids[random.Next(s.Users)]}", null)),
        new("GET ?filter=userName eq", [200], "bench", (s, random, _) =>
            ("GET", $"{s.Path}/Users?filter={Uri.EscapeDataString($"userName eq \"{Subject.UserName(random.Next(s.Users))}\"")}", null)),
        new("POST /Users", [201], null, (s, _, n) => ("POST", s.Path + "/Users", Subject.User($"new{n}@example.test"))),
        new("PATCH active", [200, 204], null, (s, random, n) => ("PATCH", $"{s.Path}/Users/{s.Ids[random.Next(s.Users)]}",
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{\"op\":\"replace\",\"path\":\"active\",\"value\":"
            + (n % 2 == 0 ? "true" : "false") + "}]}")),
    ];
}
