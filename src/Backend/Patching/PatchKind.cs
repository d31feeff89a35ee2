namespace ScimOperator.Backend.Patching;

/// <summary>What a patch operation does (RFC 7644, section 3.5.2).</summary>
internal enum PatchKind
{
    Add,
    Replace,
    Remove,
}
