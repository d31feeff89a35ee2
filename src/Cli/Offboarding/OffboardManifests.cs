using System.Globalization;
using System.Text;
using System.Text.Json;
using ScimOperator.Cli.Cluster;
using ScimOperator.Cli.Output;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Offboarding;

/// <summary>An offboarding as manifests for a pull request: the objects as the cluster has them, with what changes. Pure.</summary>
/// <param name="facts">Who, to whom, where.</param>
/// <param name="plan">What is left to do.</param>
/// <param name="aim">What the user becomes.</param>
internal sealed class OffboardManifests(OffboardFacts facts, OffboardPlan plan, OffboardAim aim)
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>Writes the steps; only one of them when <paramref name="step"/> says which.</summary>
    internal string Write(IReadOnlyList<RawObject> tokens, RawObject user, int? step)
    {
        var text = new StringBuilder($"# Offboards AccountUser {facts.Namespace}/{facts.UserName} to {facts.AdminName} in two steps: two commits, merged one after the other. Nothing was applied.\n");
        if (step is null or 1)
        {
            text.Append(Moves(tokens));
        }

        if (step is null or 2)
        {
            text.Append(Change(user));
        }

        return text.ToString();
    }

    private string Moves(IReadOnlyList<RawObject> tokens)
    {
        var text = new StringBuilder("#\n# Step 1 of 2, re-home: ").Append(
            tokens.Count == 0 ? "nothing is left to do.\n" : $"the new tokens are issued to {facts.AdminName} and published before the old ones go.\n");
        foreach (var moving in plan.Moving)
        {
            text.Append(CultureInfo.InvariantCulture, $"# ScimToken {moving.Metadata.Name} was given to {moving.Spec.OwnerRef.Name} before, and its cut-over is not over yet.\n");
        }

        foreach (var token in tokens)
        {
            text.Append("---\n").Append(Document(token, ResourceTypes.ScimTokens.Kind, writer => Owner(writer, token.Spec)));
        }

        return text.ToString();
    }

    private string Change(RawObject user) => plan.ChangesUser
        ? $"""
            #
            # Step 2 of 2, {aim.Action}: after step 1, once {facts.UserName} holds no token any more. Until then it is denied. To see it (TOKENS is 0):
            #   kubectl get accountuser {facts.UserName} -n {facts.Namespace}
            ---
            {Document(user, ResourceTypes.AccountUsers.Kind, writer => Become(writer, user.Spec))}
            """
        : $"#\n# Step 2 of 2, {aim.Action}: nothing is left to do.\n";

    private void Owner(Utf8JsonWriter writer, JsonElement spec)
    {
        foreach (var property in spec.EnumerateObject())
        {
            if (property.Name == "ownerRef")
            {
                writer.WriteStartObject("ownerRef");
                writer.WriteString("name", facts.AdminName);
                writer.WriteEndObject();
                continue;
            }

            property.WriteTo(writer);
        }
    }

    private void Become(Utf8JsonWriter writer, JsonElement spec)
    {
        var changed = aim.Demote is null ? "active" : "userType";
        foreach (var property in spec.EnumerateObject().Where(p => p.Name != changed))
        {
            property.WriteTo(writer);
        }

        if (aim.Demote is { } type)
        {
            writer.WriteString(changed, type.ToString());
        }
        else
        {
            writer.WriteBoolean(changed, false);
        }
    }

    /// <summary>What belongs into Git: no status, nothing that the server or a tool has added.</summary>
    private static string Document(RawObject obj, string kind, Action<Utf8JsonWriter> spec)
    {
        var json = JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", GroupVersion.ApiVersion);
            writer.WriteString("kind", kind);
            writer.WriteStartObject("metadata");
            writer.WriteString("name", obj.Metadata.Name);
            writer.WriteString("namespace", obj.Metadata.Namespace);
            Map(writer, "labels", obj.Metadata.Labels);
            Map(writer, "annotations", obj.Metadata.Annotations);
            writer.WriteEndObject();
            writer.WriteStartObject("spec");
            spec(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        using var document = JsonDocument.Parse(json);
        return YamlText.Write(document.RootElement);
    }

    private static void Map(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string>? values)
    {
        var kept = (values ?? new Dictionary<string, string>()).Where(v => !IsAdded(v.Key)).OrderBy(v => v.Key, StringComparer.Ordinal).ToList();
        if (kept.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach (var (key, value) in kept)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static bool IsAdded(string key) =>
        key is LastApplied or WellKnown.RotateRequestedAt or WellKnown.ReconcileRequestedAt || GitTools.IsMark(key);
}
