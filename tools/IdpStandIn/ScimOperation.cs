namespace ScimOperator.IdpStandIn;

/// <summary>What an identity provider does with one user, in the order in which it does it.</summary>
internal enum ScimOperation
{
    /// <summary><c>GET /Users?filter=userName eq …</c>: is the user there already?</summary>
    Find,

    /// <summary><c>POST /Users</c>.</summary>
    Create,

    /// <summary><c>PATCH /Users/{id}</c>.</summary>
    Update,

    /// <summary><c>DELETE /Users/{id}</c>.</summary>
    Delete,
}
