using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScimOperator.Backend.Api;

/// <summary>
/// JSON of the admin API. Unknown and repeated fields are refused: a misspelt one must not look like an accepted one.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    AllowDuplicateProperties = false,
    MaxDepth = 32,
    Converters = [typeof(TimestampConverter)])]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(UserView))]
[JsonSerializable(typeof(Page<UserView>))]
[JsonSerializable(typeof(TokenView))]
[JsonSerializable(typeof(Page<TokenView>))]
[JsonSerializable(typeof(Page<AuditEventView>))]
[JsonSerializable(typeof(CreateUserRequest))]
[JsonSerializable(typeof(UpdateUserRequest))]
[JsonSerializable(typeof(CreateTokenRequest))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(UserSummary))]
[JsonSerializable(typeof(TokenSummary))]
[JsonSerializable(typeof(AccountSummary))]
[JsonSerializable(typeof(GroupSummary))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
