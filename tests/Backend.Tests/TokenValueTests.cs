using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Tests;

public sealed class TokenValueTests
{
    [Fact]
    public void A_generated_value_is_well_formed_and_hashes_to_the_same()
    {
        var value = TokenValue.Generate();
        Assert.Equal(value.Hash, TokenValue.HashIfWellFormed(value.Reveal()));
        Assert.NotEqual(value.Reveal(), TokenValue.Generate().Reveal());
    }

    [Fact]
    public void Any_one_altered_character_is_noticed()
    {
        var text = TokenValue.Generate().Reveal();
        for (var i = 0; i < text.Length; i++)
        {
            var altered = text[..i] + (text[i] == 'x' ? 'y' : 'x') + text[(i + 1)..];
            Assert.Null(TokenValue.HashIfWellFormed(altered));
        }
    }

    [Fact]
    public void The_checksum_is_the_crc32_that_scanners_know()
    {
        // The expected characters come from zlib.crc32.
        const string Secret = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg";
        Assert.NotNull(TokenValue.HashIfWellFormed("scimtok_" + Secret + ExpectedChecksum));
    }

    [Fact]
    public void Its_text_form_does_not_reveal_it()
    {
        var value = TokenValue.Generate();
        Assert.Equal($"scimtok_…{value.LastFour}", $"{value}");
    }

    private const string ExpectedChecksum = "37cCQ0";
}
