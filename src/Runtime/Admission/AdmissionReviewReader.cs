using System.Text.Json;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Admission;

/// <summary>
/// Reads an admission.k8s.io/v1 AdmissionReview in one pass, the objects straight into their type. What is not acted on is
/// skipped, not stored.
/// </summary>
/// <param name="type">The kind that this endpoint judges.</param>
/// <param name="maxDepth">Deepest nesting.</param>
internal sealed class AdmissionReviewReader<T>(ResourceType<T> type, int maxDepth)
    where T : class, IKubernetesObject
{
    /// <summary>Reads a review.</summary>
    /// <exception cref="MalformedReviewException">It is none, or none for this endpoint.</exception>
    public AdmissionReview<T> Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return ReadReview(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no UTF-8, or a value of another kind than expected.
            throw new MalformedReviewException(400, $"the body is no JSON AdmissionReview: {e.Message}");
        }
    }

    private AdmissionReview<T> ReadReview(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDepth });
        var fields = default(ReviewFields);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("it is no object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("apiVersion"u8))
            {
                fields.ApiVersionMatches = TextIs(ref reader, "admission.k8s.io/v1");
            }
            else if (reader.ValueTextEquals("kind"u8))
            {
                fields.KindMatches = TextIs(ref reader, "AdmissionReview");
            }
            else if (reader.ValueTextEquals("request"u8))
            {
                ReadRequest(ref reader, body, ref fields);
            }
            else
            {
                reader.Skip();
            }
        }

        if (reader.Read())
        {
            throw new JsonException("something follows it");
        }

        return Check(fields);
    }

    private void ReadRequest(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, ref ReviewFields fields)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("request is no object");
        }

        fields.HasRequest = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadRequestField(ref reader, body, ref fields);
        }
    }

    private void ReadRequestField(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, ref ReviewFields fields)
    {
        if (reader.ValueTextEquals("uid"u8))
        {
            fields.Uid = Text(ref reader);
        }
        else if (reader.ValueTextEquals("kind"u8))
        {
            ReadKind(ref reader, ref fields);
        }
        else if (reader.ValueTextEquals("name"u8))
        {
            fields.Name = Text(ref reader);
        }
        else if (reader.ValueTextEquals("namespace"u8))
        {
            fields.Namespace = Text(ref reader);
        }
        else if (reader.ValueTextEquals("operation"u8))
        {
            fields.Operation = Text(ref reader);
        }
        else if (reader.ValueTextEquals("userInfo"u8))
        {
            ReadUser(ref reader, ref fields);
        }
        else if (reader.ValueTextEquals("object"u8))
        {
            fields.Object = ReadObject(ref reader, body, "object", ref fields);
        }
        else if (reader.ValueTextEquals("oldObject"u8))
        {
            fields.OldObject = ReadObject(ref reader, body, "oldObject", ref fields);
        }
        else if (reader.ValueTextEquals("dryRun"u8))
        {
            reader.Read();
            fields.DryRun = reader.TokenType == JsonTokenType.True;
        }
        else
        {
            reader.Skip();
        }
    }

    private static void ReadKind(ref Utf8JsonReader reader, ref ReviewFields fields)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("group"u8))
            {
                fields.Group = Text(ref reader);
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                fields.Version = Text(ref reader);
            }
            else if (reader.ValueTextEquals("kind"u8))
            {
                fields.Kind = Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadUser(ref Utf8JsonReader reader, ref ReviewFields fields)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("username"u8))
            {
                fields.UserName = Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private T? ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string name, ref ReviewFields fields)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        try
        {
            return JsonSerializer.Deserialize(body[start..(int)reader.BytesConsumed], type.Json);
        }
        catch (JsonException e)
        {
            // Path and position only: the message could quote a value.
            fields.Unreadable = $"{name} can't be read as {type.Kind} of {type.ApiVersion}: the value at {e.Path} is not what the schema allows";
            return null;
        }
    }

    private AdmissionReview<T> Check(in ReviewFields fields)
    {
        Require(fields.KindMatches && fields.ApiVersionMatches, "kind must be AdmissionReview and apiVersion admission.k8s.io/v1");
        Require(fields.HasRequest, "request is missing");
        Require(!string.IsNullOrEmpty(fields.Uid), "request.uid is missing");
        if (fields.Group != type.Group || fields.Version != type.Version || fields.Kind != type.Kind)
        {
            throw new MalformedReviewException(
                400,
                $"request.kind is {Shown(fields.Group)}/{Shown(fields.Version)} {Shown(fields.Kind)}, but this endpoint judges {type.ApiVersion} {type.Kind}: check the rules of the webhook configuration");
        }

        var operation = fields.Operation switch
        {
            "CREATE" => AdmissionOperation.Create,
            "UPDATE" => AdmissionOperation.Update,
            "DELETE" => AdmissionOperation.Delete,
            "CONNECT" => AdmissionOperation.Connect,
            _ => throw new MalformedReviewException(400, "request.operation must be CREATE, UPDATE, DELETE or CONNECT"),
        };
        var key = new ObjectKey(fields.Namespace ?? "", NameOf(fields));
        if (fields.Unreadable is { } unreadable)
        {
            return new AdmissionReview<T>(fields.Uid!, key, null, unreadable);
        }

        Require(
            fields.Object is not null || operation is not (AdmissionOperation.Create or AdmissionOperation.Update),
            "request.object is missing");
        Require(
            fields.OldObject is not null || operation is not (AdmissionOperation.Update or AdmissionOperation.Delete),
            "request.oldObject is missing");
        var request = new AdmissionRequest<T>(operation, key, fields.Object, fields.OldObject, fields.UserName ?? "", fields.DryRun);
        return new AdmissionReview<T>(fields.Uid!, key, request, null);
    }

    /// <summary>In the review of one object of a deleted collection the API server leaves the request's name empty.</summary>
    private static string NameOf(in ReviewFields fields) =>
        string.IsNullOrEmpty(fields.Name) ? (fields.OldObject ?? fields.Object)?.Metadata.Name ?? "" : fields.Name;

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new MalformedReviewException(400, message);
        }
    }

    private static bool TextIs(ref Utf8JsonReader reader, string expected)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(expected);
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetString();
    }

    private static string Shown(string? text) => text is null ? "?" : text.Length <= 64 ? text : text[..64];

    private struct ReviewFields
    {
        public bool ApiVersionMatches;
        public bool KindMatches;
        public bool HasRequest;
        public string? Uid;
        public string? Group;
        public string? Version;
        public string? Kind;
        public string? Name;
        public string? Namespace;
        public string? Operation;
        public string? UserName;
        public T? Object;
        public T? OldObject;
        public bool DryRun;
        public string? Unreadable;
    }
}
