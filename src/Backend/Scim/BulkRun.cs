using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Patching;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Scim;

/// <summary>
/// Carries out a bulk request inside one write transaction. Each operation stands alone: what is refused is undone, and
/// what was done before it stays. Operations that refer to each other in a circle succeed or fail together.
/// </summary>
internal sealed class BulkRun
{
    private readonly StoreSession session;
    private readonly BulkRequest request;
    private readonly ChangeContext change;
    private readonly string scimUrl;
    private readonly BulkReferences references;
    private readonly IReadOnlyList<IReadOnlyList<int>> dependencies;
    private readonly JsonObject?[] results;
    private readonly bool[] failed;

    public BulkRun(StoreSession session, BulkRequest request, ChangeContext change, string scimUrl)
    {
        (this.session, this.request, this.change, this.scimUrl) = (session, request, change, scimUrl);
        references = new BulkReferences(request.Operations, change.Now);
        dependencies = [.. request.Operations.Select(references.Of)];
        results = new JsonObject?[request.Operations.Count];
        failed = new bool[request.Operations.Count];
    }

    /// <summary>The answer (RFC 7644, section 3.7), in the order of the request; what was not come to is not in it.</summary>
    public JsonObject Run()
    {
        foreach (var unit in BulkOrder.Of(dependencies))
        {
            if (failed.Count(f => f) >= request.FailOnErrors)
            {
                break;
            }

            RunUnit(unit);
        }

        return new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:BulkResponse"),
            ["Operations"] = new JsonArray([.. results.Where(r => r is not null)]),
        };
    }

    private void RunUnit(IReadOnlyList<int> unit)
    {
        var at = unit[0];
        session.BeginItem();
        try
        {
            foreach (var position in unit)
            {
                at = position;
                results[position] = RunOne(position, unit);
            }

            session.KeepItem();
        }
        catch (RefusedException e)
        {
            session.UndoItem();
            Fail(unit, at, e.Refusal);
        }
        catch
        {
            // The savepoints have one name: this one must not be taken for the caller's.
            session.UndoItem();
            throw;
        }
    }

    private JsonObject RunOne(int position, IReadOnlyList<int> unit)
    {
        var operation = request.Operations[position];
        if (operation.Fault is { } fault)
        {
            throw fault.AsException();
        }

        if (dependencies[position].FirstOrDefault(d => failed[d], -1) is >= 0 and var missing)
        {
            throw Refusals.BulkDependency($"The operation refers to bulkId \"{request.Operations[missing].BulkId}\", whose own operation failed.").AsException();
        }

        var pending = unit.Where(p => p > position).Select(p => references.IdOf(request.Operations[p])).OfType<string>().ToHashSet();
        return Execute(operation, change with { Pending = pending });
    }

    private JsonObject Execute(BulkOperation operation, ChangeContext context)
    {
        var kind = operation.Kind!;
        var id = operation.TargetId is { } target ? references.Resolve(target) : references.IdOf(operation)!;
        var condition = EntityTags.Parse(operation.Version);
        var data = references.Resolve(operation.Data) as JsonObject ?? [];
        switch (operation.Method)
        {
            case "POST":
                return Result(operation, id, StatusCode.Created, kind.Create(session, Canonicalizer.Canonical(data, kind.Type), id, context));
            case "PUT":
                return Result(operation, id, StatusCode.Ok, kind.Replace(session, id, condition, Canonicalizer.Canonical(data, kind.Type), context));
            case "PATCH":
                return Result(operation, id, StatusCode.Ok, kind.Patch(session, id, condition, PatchRequest.Read(data), context));
            default:
                kind.Delete(session, id, condition, context);
                return Result(operation, id, StatusCode.NoContent, null);
        }
    }

    private void Fail(IReadOnlyList<int> unit, int at, Refusal reason)
    {
        foreach (var position in unit)
        {
            failed[position] = true;
            var refusal = position == at
                ? reason
                : Refusals.BulkDependency($"The operation and others refer to each other, and one of those failed: {reason.Detail}");
            var result = Result(request.Operations[position], request.Operations[position].TargetId, refusal.Status, null);
            result["response"] = ScimErrorJson.Of(refusal);
            results[position] = result;
        }
    }

    private JsonObject Result(BulkOperation operation, string? id, int status, Written? written)
    {
        var result = new JsonObject { ["method"] = operation.Method };
        if (operation.BulkId is { } bulkId)
        {
            result["bulkId"] = bulkId;
        }

        if (written is not null)
        {
            result["version"] = written.Version;
        }

        if (operation.Kind is { } kind && id is not null && !id.StartsWith(BulkOperation.Reference, StringComparison.Ordinal))
        {
            result["location"] = scimUrl + kind.Type.Endpoint + "/" + id;
        }

        result["status"] = ScimErrorJson.Status(status);
        return result;
    }

    private static class StatusCode
    {
        public const int Ok = 200;
        public const int Created = 201;
        public const int NoContent = 204;
    }
}
