using System.Collections.Frozen;
using ScimOperator.Cli.Input;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Schema;

/// <summary>
/// The CEL rules that the custom resources use, each by its own text: a handful does not warrant an interpreter. A test compares this list
/// with the rules in the schemas, so that a new or changed rule is noticed.
/// </summary>
internal static class CelRules
{
    /// <summary>Transition rules are judged where the object's former state is known.</summary>
    internal const string Immutable = "self == oldSelf";

    private static readonly FrozenSet<string> ScimAttributesWithAnotherMeaning = FrozenSet.ToFrozenSet(
        ["id", "externalid", "username", "displayname", "active", "emails", "groups", "meta", "schemas", "password", "name"], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<Node, bool>> Known = new Dictionary<string, Func<Node, bool>>(StringComparer.Ordinal)
    {
        [Immutable] = _ => true,
        ["duration(self) >= duration('5s')"] = self => Duration(self) is not { } d || d >= TimeSpan.FromSeconds(5),
        ["duration(self) > duration('0s')"] = self => Duration(self) is not { } d || d > TimeSpan.Zero,
        ["(has(self.token) ? self.token : 'token') != (has(self.url) ? self.url : 'url')"] = self => Key(self, "token") != Key(self, "url"),
        ["(has(self.token) ? self.token : 'token') != (has(self.tokenId) ? self.tokenId : 'tokenId')"] = self => Key(self, "token") != Key(self, "tokenId"),
        ["(has(self.url) ? self.url : 'url') != (has(self.tokenId) ? self.tokenId : 'tokenId')"] = self => Key(self, "url") != Key(self, "tokenId"),
        ["!has(self.expiresAfter) || !has(self.rotation) || !has(self.rotation.renewBefore) || duration(self.rotation.renewBefore) < duration(self.expiresAfter)"] =
            self => Duration(self["expiresAfter"]) is not { } life || Duration(self.Find("rotation", "renewBefore")) is not { } before || before < life,
        ["!has(self.scim) || (has(self.driver) && self.driver == 'Scim')"] = self => self["scim"] is null || self["driver"]?.AsText() == "Scim",
        ["has(self.admin)"] = self => self["admin"] is not null,
        ["self != 'Admin'"] = self => self.AsText() != "Admin",
        ["!(self.lowerAscii() in ['id', 'externalid', 'username', 'displayname', 'active', 'emails', 'groups', 'meta', 'schemas', 'password', 'name'])"] =
            self => !ScimAttributesWithAnotherMeaning.Contains(self.AsText()?.ToLowerInvariant() ?? ""),
        ["!has(self.managementPolicy) || self.managementPolicy != 'Observe' || !(has(self.rotation) || has(self.expiresAfter))"] =
            self => self["managementPolicy"]?.AsText() != "Observe" || (self["rotation"] is null && self["expiresAfter"] is null),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether the rule is known; one on oldSelf.status is the guard's matter, which sees more than a manifest's status.</summary>
    internal static bool IsCovered(string expression) => Known.ContainsKey(expression) || expression.Contains("oldSelf.status.heldTokenCount", StringComparison.Ordinal);

    /// <summary>Whether a value satisfies the rule by itself.</summary>
    internal static bool Holds(string expression, Node self) => !Known.TryGetValue(expression, out var rule) || rule(self);

    private static string Key(Node self, string name) => self[name]?.AsText() ?? name;

    private static TimeSpan? Duration(Node? node) => GoDuration.TryParse(node?.AsText(), out var value) ? value : null;
}
