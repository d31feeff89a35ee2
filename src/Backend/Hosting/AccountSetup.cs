using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Hosting;

/// <summary>Makes the account on first start, and lets later starts change its plan and limit.</summary>
internal static class AccountSetup
{
    private const string Actor = "system";

    /// <exception cref="OptionsException">The data belongs to another account.</exception>
    public static bool Apply(StoreSession session, BackendOptions options, DateTimeOffset now)
    {
        if (session.Account.Find() is not { } stored)
        {
            Create(session, options, now);
            return true;
        }

        if (options.Account is { } name && name != stored.Name)
        {
            throw new OptionsException($"The data in {StoreOpening.NameOf(options)} belongs to account \"{stored.Name}\", not to \"{name}\": choose another {(options.Store is null ? "--data" : "--store")} or --account.");
        }

        var wanted = stored with { Plan = options.Plan ?? stored.Plan, MaxTokens = options.MaxTokens };
        if (wanted != stored)
        {
            session.Account.Update(wanted);
            session.Audit.Append(now, Actor, "account.update", "account", stored.Id, AuditSummaries.Of(stored), AuditSummaries.Of(wanted));
        }

        return false;
    }

    /// <summary>The admin whom the credential stands for.</summary>
    /// <exception cref="OptionsException">No user has that email.</exception>
    public static UserRecord? CredentialAdmin(StoreSession session, BackendOptions options)
    {
        if (options.CredentialAdmin is not { } email)
        {
            return null;
        }

        return session.Users.FindByEmail(email)
            ?? throw new OptionsException($"--credential-admin is {email}, and the account has no such user: add it with --admin on first start, or name another.");
    }

    private static void Create(StoreSession session, BackendOptions options, DateTimeOffset now)
    {
        var name = options.Account ?? "default";
        var account = new AccountRecord("acc_" + Guid.CreateVersion7(now).ToString("N"), name, options.Plan ?? Plan.Enterprise, options.MaxTokens, now);
        session.Account.Insert(account);
        session.Audit.Append(now, Actor, "account.create", "account", account.Id, null, AuditSummaries.Of(account));
        foreach (var email in options.Admins.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            UserChanges.Create(session, UserRecord.Draft(email, UserType.Admin, true), Actor, now);
        }
    }
}
