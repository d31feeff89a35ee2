using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Endpoints;

namespace ScimOperator.Backend.Scim;

/// <summary>The SCIM 2.0 service, <c>/scim/v2</c> (RFC 7644).</summary>
internal sealed class ScimService(BackendServices services)
{
    public const string Root = "/scim/v2";

    public void Map(IEndpointRouteBuilder routes, ScimGate gate)
    {
        IScimResource[] kinds = [new UserResources(), new GroupResources()];
        new ScimDiscovery(services).Map(routes);
        new ScimSearchEndpoints(services, Root, kinds).Map(routes, gate);
        foreach (var kind in kinds)
        {
            new ScimSearchEndpoints(services, Root + kind.Type.Endpoint, [kind]).Map(routes, gate);
            new ScimResourceEndpoints(services, kind).Map(routes, gate);
        }

        new BulkEndpoint(services, kinds).Map(routes, gate);
        routes.Map(Root + "/Me/{**rest}", gate.Guard((_, _) => throw Refusals.NotOffered("/Me").AsException()));
    }
}
