namespace ScimOperator.Simulation.Tests.Cluster;

/// <summary>One write of the API server.</summary>
/// <param name="Version">The version it made.</param>
/// <param name="Old">Before; null for a creation.</param>
/// <param name="New">After; for a deletion the last sight, with the deletion's version.</param>
/// <param name="Gone">Whether it was a deletion.</param>
/// <param name="Actor">Who wrote.</param>
internal sealed record Change(ulong Version, Stored? Old, Stored New, bool Gone, string Actor);
