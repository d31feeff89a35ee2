namespace ScimOperator.Drivers.Tests.Scim;

/// <summary>Ways in which service providers differ from RFC 7643 and RFC 7644, or from each other.</summary>
public enum Quirk
{
    /// <summary>By the book.</summary>
    None,

    /// <summary>Answers as application/json.</summary>
    PlainJson,

    /// <summary>Answers without a content type.</summary>
    NoContentType,

    /// <summary>meta.location and Location are relative.</summary>
    RelativeLocation,

    /// <summary>Neither meta nor Location.</summary>
    NoMeta,

    /// <summary>active is "True" or "False".</summary>
    StringBooleans,

    /// <summary>Attribute names in another case.</summary>
    OtherCaseNames,

    /// <summary>Attributes without a value are null instead of absent.</summary>
    NullAttributes,

    /// <summary>PATCH answers 204.</summary>
    PatchAnswers204,

    /// <summary>PATCH answers 200 without a body.</summary>
    PatchAnswersNothing,

    /// <summary>PATCH answers 200 with the user as it was.</summary>
    PatchAnswersOldUser,

    /// <summary>PATCH is not supported, as ServiceProviderConfig says.</summary>
    PatchNotOffered,

    /// <summary>PATCH answers 501, whatever ServiceProviderConfig says.</summary>
    Patch501,

    /// <summary>PATCH answers 405, whatever ServiceProviderConfig says.</summary>
    Patch405,

    /// <summary>PATCH answers 501, and PUT 204.</summary>
    PutAnswers204,

    /// <summary>POST answers 201 without a body.</summary>
    PostAnswersNothing,

    /// <summary>POST answers 200.</summary>
    PostAnswers200,

    /// <summary>POST answers 204.</summary>
    PostAnswers204,

    /// <summary>A new user is active and without a type, whatever was asked.</summary>
    PostIgnoresState,

    /// <summary>A name that is taken answers 400 uniqueness.</summary>
    ConflictAnswers400,

    /// <summary>A name that is taken answers 409 without a body.</summary>
    ConflictWithoutWords,

    /// <summary>Filters are not supported, as ServiceProviderConfig says.</summary>
    FilterNotOffered,

    /// <summary>Filters answer 400 invalidFilter, whatever ServiceProviderConfig says.</summary>
    FilterRefused,

    /// <summary>Filters are ignored.</summary>
    FilterIgnored,

    /// <summary>Filters tell upper from lower case.</summary>
    FilterMindsCase,

    /// <summary>startIndex and count are ignored.</summary>
    PagingIgnored,

    /// <summary>Never more than three users on a page, and maxResults says nothing of it.</summary>
    ShortPages,

    /// <summary>At most three users on a page, as maxResults says.</summary>
    SmallMaxResults,

    /// <summary>Short pages, and totalResults counts the users of the page.</summary>
    TotalOfPage,

    /// <summary>Short pages, and totalResults counts users that are not shown.</summary>
    TotalTooLarge,

    /// <summary>Short pages without totalResults.</summary>
    NoTotal,

    /// <summary>Short pages, the second of which comes as a repetition of the first once.</summary>
    RepeatedPage,

    /// <summary>Short pages, the second of which comes empty once.</summary>
    EmptyPage,

    /// <summary>An empty list has no Resources.</summary>
    NoResources,

    /// <summary>Users have versions, and writes need the right one.</summary>
    Versions,

    /// <summary>Versions, and no PATCH.</summary>
    VersionsWithoutPatch,

    /// <summary>There is no ServiceProviderConfig.</summary>
    NoConfiguration,

    /// <summary>ServiceProviderConfig says nothing.</summary>
    EmptyConfiguration,

    /// <summary>Every answer has the ETag of its bytes, which has nothing to do with versions.</summary>
    CacheETags,
}
