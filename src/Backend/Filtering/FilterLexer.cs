using System.Text.Json;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Filtering;

/// <summary>Cuts a filter into tokens: words, brackets and JSON strings.</summary>
internal sealed class FilterLexer
{
    private readonly string text;
    private int position;

    public FilterLexer(string text)
    {
        this.text = text;
        Advance();
    }

    /// <summary>The current token; null at the end.</summary>
    public string? Token { get; private set; }

    /// <summary>Whether the current token is a string, whose content <see cref="Token"/> is.</summary>
    public bool IsString { get; private set; }

    /// <summary>Where the current token begins.</summary>
    public int Start { get; private set; }

    public bool Is(string word) => !IsString && string.Equals(Token, word, StringComparison.OrdinalIgnoreCase);

    public void Advance()
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        Start = position;
        IsString = false;
        if (position >= text.Length)
        {
            Token = null;
            return;
        }

        switch (text[position])
        {
            case '(' or ')' or '[' or ']':
                Token = text[position++].ToString();
                break;
            case '"':
                Token = ReadString();
                break;
            default:
                Token = ReadWord();
                break;
        }
    }

    private string ReadWord()
    {
        while (position < text.Length && text[position] is not (' ' or '(' or ')' or '[' or ']' or '"'))
        {
            position++;
        }

        return text[Start..position];
    }

    // Strings are JSON strings, escapes and all. Half a surrogate pair is an InvalidOperationException where it is escaped, an ArgumentException where it stands as it is.
    private string ReadString()
    {
        position++;
        while (position < text.Length && text[position] != '"')
        {
            position += text[position] == '\\' ? 2 : 1;
        }

        if (position >= text.Length)
        {
            throw Refusals.Invalid("filter", $"The string at position {Start + 1} of the filter does not end.", "invalidFilter").AsException();
        }

        position++;
        IsString = true;
        try
        {
            using var document = JsonDocument.Parse(text.AsMemory(Start, position - Start));
            return document.RootElement.GetString()!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Refusals.Invalid("filter", $"The string at position {Start + 1} of the filter is no JSON string.", "invalidFilter").AsException();
        }
    }
}
