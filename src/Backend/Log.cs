using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend;

/// <summary>Every log message of the backend. None carries a header, a body or a query: those may hold secrets or personal data.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Request answered: {Method} {Path} {Status} in {Milliseconds} ms")]
    public static partial void Answered(ILogger logger, string method, PathString path, int status, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request failed: {Method} {Path}")]
    public static partial void Failed(ILogger logger, Exception exception, string method, PathString path);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store is not available")]
    public static partial void StoreUnavailable(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Last uses could not be written; they are kept and tried again")]
    public static partial void LastUseNotWritten(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Account opened: {Account}, plan {Plan}, new: {IsNew}")]
    public static partial void AccountOpened(ILogger logger, string account, Plan plan, bool isNew);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The admin behind the credential, {UserId}, is no active admin: the admin API refuses the credential until that changes")]
    public static partial void CredentialAdminInactive(ILogger logger, string userId);
}
