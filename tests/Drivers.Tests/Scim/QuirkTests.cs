namespace ScimOperator.Drivers.Tests.Scim;

/// <summary>The contract on a service provider with each of the quirks, one class for each.</summary>
public static class QuirkTests
{
    /// <summary>Starts a provider with the quirk that the class is named after.</summary>
    public abstract class Quirky : ScimContract
    {
        protected override async Task<IProvider> StartAsync() => await QuirkyProvider.StartAsync(Enum.Parse<Quirk>(GetType().Name));
    }

    public sealed class None : Quirky;

    public sealed class PlainJson : Quirky;

    public sealed class NoContentType : Quirky;

    public sealed class RelativeLocation : Quirky;

    public sealed class NoMeta : Quirky;

    public sealed class StringBooleans : Quirky;

    public sealed class OtherCaseNames : Quirky;

    public sealed class NullAttributes : Quirky;

    public sealed class PatchAnswers204 : Quirky;

    public sealed class PatchAnswersNothing : Quirky;

    public sealed class PatchAnswersOldUser : Quirky;

    public sealed class PatchNotOffered : Quirky;

    public sealed class Patch501 : Quirky;

    public sealed class Patch405 : Quirky;

    public sealed class PutAnswers204 : Quirky;

    public sealed class PostAnswersNothing : Quirky;

    public sealed class PostAnswers200 : Quirky;

    public sealed class PostAnswers204 : Quirky;

    public sealed class PostIgnoresState : Quirky;

    public sealed class ConflictAnswers400 : Quirky;

    public sealed class ConflictWithoutWords : Quirky;

    public sealed class FilterNotOffered : Quirky;

    public sealed class FilterRefused : Quirky;

    public sealed class FilterIgnored : Quirky;

    public sealed class FilterMindsCase : Quirky;

    public sealed class PagingIgnored : Quirky;

    public sealed class ShortPages : Quirky;

    public sealed class SmallMaxResults : Quirky;

    public sealed class TotalOfPage : Quirky;

    public sealed class TotalTooLarge : Quirky;

    public sealed class NoTotal : Quirky;

    public sealed class RepeatedPage : Quirky;

    public sealed class EmptyPage : Quirky;

    public sealed class NoResources : Quirky;

    public sealed class Versions : Quirky;

    public sealed class VersionsWithoutPatch : Quirky;

    public sealed class NoConfiguration : Quirky;

    public sealed class EmptyConfiguration : Quirky;

    public sealed class CacheETags : Quirky;
}
