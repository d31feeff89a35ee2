using NLua;
using YamlDotNet.RepresentationModel;

namespace ScimOperator.Crds.Tests;

/// <summary>Runs the documented health check of Argo CD, as Argo CD does: a Lua function over the object.</summary>
public sealed class ArgoCdHealthTests
{
    private const string File = "docs/guides/examples/argo-cd/health.yaml";
    private const string Ready = "{ type = 'Ready', status = 'True', reason = 'Ready', message = 'one token' }";

    [Theory]
    [InlineData("{ metadata = { generation = 1 } }", "Progressing", "Waiting for the operator")]
    [InlineData("{ metadata = { generation = 1 }, status = {} }", "Progressing", "Waiting for the operator")]
    [InlineData("{ metadata = { generation = 2 }, status = { observedGeneration = 1, conditions = { " + Ready + " } } }", "Progressing", "Waiting for the operator")]
    [InlineData("{ metadata = { generation = 2 }, status = { observedGeneration = 2, conditions = {} } }", "Progressing", "Waiting for the operator")]
    [InlineData("{ metadata = { generation = 2 }, status = { observedGeneration = 2, conditions = { " + Ready + " } } }", "Healthy", "one token")]
    [InlineData(
        "{ metadata = { generation = 1 }, status = { observedGeneration = 1, conditions = { { type = 'Ready', status = 'False', reason = 'OldOwnerHoldsToken', message = 'moving' } } } }",
        "Progressing",
        "moving")]
    [InlineData(
        "{ metadata = { generation = 1 }, status = { observedGeneration = 1, conditions = { { type = 'Ready', status = 'Unknown', reason = 'Unreachable', message = 'no answer' } } } }",
        "Progressing",
        "no answer")]
    [InlineData(
        "{ metadata = { generation = 1 }, status = { observedGeneration = 1, conditions = { { type = 'Ready', status = 'False', reason = 'LastAdmin', message = 'no' }, { type = 'Stalled', status = 'True', reason = 'LastAdmin', message = 'stuck' } } } }",
        "Degraded",
        "stuck")]
    [InlineData(
        "{ metadata = { generation = 1 }, status = { observedGeneration = 1, conditions = { { type = 'Ready', status = 'False', reason = 'Suspended', message = 'paused' }, { type = 'Stalled', status = 'True', reason = 'Suspended', message = 'paused' } } } }",
        "Suspended",
        "paused")]
    [InlineData(
        "{ metadata = { generation = 1 }, status = { observedGeneration = 1, conditions = { " + Ready + ", { type = 'DeletionBlocked', status = 'True', reason = 'AdminHoldsScimToken', message = 'holds okta' } } } }",
        "Degraded",
        "holds okta")]
    public void Tells_the_health_that_the_conditions_tell(string obj, string status, string message)
    {
        foreach (var kind in new[] { "Account", "AccountUser", "ScimToken" })
        {
            using var lua = new Lua();
            lua.DoString($"obj = {obj}");
            var health = (LuaTable)lua.DoString(Script(kind))[0];
            Assert.Equal((status, message), ((string)health["status"], (string)health["message"]));
        }
    }

    private static string Script(string kind) =>
        ((YamlScalarNode)YamlFile.Read(File)[0].At("data", $"resource.customizations.health.scim-operator.io_{kind}")!).Value!;
}
