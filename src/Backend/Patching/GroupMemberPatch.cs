using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Scim;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Patching;

/// <summary>
/// Operations on <c>members</c>. Those that name members by their id touch these rows only, however large the group is;
/// any other filter is evaluated on all members.
/// </summary>
internal sealed class GroupMemberPatch(StoreSession session, string groupId, GroupMembers members) : IMemberPatch
{
    private static readonly ScimAttribute Attribute = GroupSchemas.Core.Find("members")!;

    /// <exception cref="RefusedException">invalidValue, mutability, noTarget.</exception>
    public void Apply(PatchKind kind, PatchPath path, JsonNode? value)
    {
        if (path.Target.Sub is not null)
        {
            throw ScimErrors.Immutable(path.Text);
        }

        switch (kind)
        {
            case PatchKind.Remove:
                Remove(path.Filter, value);
                break;
            case PatchKind.Replace when path.Filter is null:
                members.ReplaceAll(value is null ? [] : Ids(value));
                break;
            case PatchKind.Replace:
                Replace(path, path.Filter, value);
                break;
            default:
                Add(path.Filter, value);
                break;
        }
    }

    /// <summary>The ids that values of <c>members</c> name, each once.</summary>
    /// <exception cref="RefusedException">invalidValue.</exception>
    public static IReadOnlyList<string> Ids(JsonNode values) =>
        [.. Canonicalizer.Values(values, Attribute).Select(v => v["value"]!.GetValue<string>()).Distinct()];

    private void Add(FilterExpression? filter, JsonNode? value)
    {
        // Nothing given means the member that the filter describes.
        var described = filter is null ? null : Named(filter);
        foreach (var id in value is null ? described ?? [] : Ids(value))
        {
            members.Add(id);
        }
    }

    private void Remove(FilterExpression? filter, JsonNode? value)
    {
        var selected = filter is null ? null : Selected(filter);
        var named = value is null ? null : Ids(value);
        var gone = (selected, named) switch
        {
            (null, null) => session.Members.Ids(groupId),
            (null, not null) => named,
            (not null, null) => selected,
            _ => selected.Intersect(named).ToList(),
        };
        foreach (var id in gone)
        {
            members.Remove(id);
        }
    }

    private void Replace(PatchPath path, FilterExpression filter, JsonNode? value)
    {
        var selected = Selected(filter).Where(id => session.Members.Contains(groupId, id)).ToList();
        if (selected.Count == 0)
        {
            throw ScimErrors.NoTarget($"No value of members matches the filter in the path \"{path.Text}\".");
        }

        foreach (var id in selected)
        {
            members.Remove(id);
        }

        Add(null, value);
    }

    private List<string> Selected(FilterExpression filter) => Named(filter) ??
    [
        .. session.Members.Of([groupId])
            .Where(m => FilterEvaluator.MatchesElement(ScimGroups.Member(m, ""), Attribute, filter))
            .Select(m => m.Id),
    ];

    // value eq "…", alone or several with or: no need to read the members.
    private static List<string>? Named(FilterExpression filter)
    {
        switch (filter)
        {
            case FilterExpression.Compare { Operator: ComparisonOperator.Eq, Value: { } value, Path: { Schema: null, Sub: null } path }
                when path.IsOf("value") && value.GetValueKind() == JsonValueKind.String:
                return [value.GetValue<string>()];
            case FilterExpression.Or either when Named(either.Left) is { } left && Named(either.Right) is { } right:
                return [.. left, .. right];
            default:
                return null;
        }
    }
}
