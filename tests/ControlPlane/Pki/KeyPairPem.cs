namespace ScimOperator.ControlPlanes.Pki;

/// <summary>A certificate and its private key.</summary>
/// <param name="CertificatePem">The certificate.</param>
/// <param name="KeyPem">The private key; never logged.</param>
internal sealed record KeyPairPem(string CertificatePem, string KeyPem)
{
    /// <summary>Without the key, so that it can't slip into a message.</summary>
    public override string ToString() => "a key pair";
}
