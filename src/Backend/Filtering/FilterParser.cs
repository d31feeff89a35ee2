using System.Globalization;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Filtering;

/// <summary>Parses filters: <c>not</c> binds closest, then <c>and</c>, then <c>or</c> (RFC 7644, section 3.4.2.2).</summary>
internal sealed class FilterParser
{
    // Far beyond what clients send, and far below what would exhaust the stack.
    private const int MaxDepth = 32;
    private const int MaxLength = 8192;
    private const int MaxTerms = 256;

    private readonly FilterLexer lexer;
    private int depth;
    private int terms;

    private FilterParser(string text) => lexer = new FilterLexer(text);

    /// <exception cref="RefusedException">The text is no filter (invalidFilter).</exception>
    public static FilterExpression Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            throw Refusals.Invalid("filter", $"The filter is longer than {MaxLength} characters.", "invalidFilter").AsException();
        }

        var parser = new FilterParser(text);
        var expression = parser.Or();
        return parser.lexer.Token is null ? expression : throw parser.Unexpected("the end, and, or or");
    }

    private FilterExpression Or()
    {
        var left = And();
        while (lexer.Is("or"))
        {
            lexer.Advance();
            left = new FilterExpression.Or(left, And());
        }

        return left;
    }

    private FilterExpression And()
    {
        var left = Term();
        while (lexer.Is("and"))
        {
            lexer.Advance();
            left = new FilterExpression.And(left, Term());
        }

        return left;
    }

    private FilterExpression Term()
    {
        if (++terms > MaxTerms)
        {
            throw Refusals.Invalid("filter", $"The filter has more than {MaxTerms} terms.", "invalidFilter").AsException();
        }

        if (lexer.Is("not"))
        {
            lexer.Advance();
            return lexer.Is("(") ? new FilterExpression.Not(Grouped("(", ")")) : throw Unexpected("( after not");
        }

        return lexer.Is("(") ? Grouped("(", ")") : AttributeTerm();
    }

    private FilterExpression Grouped(string open, string close)
    {
        if (++depth > MaxDepth)
        {
            throw Refusals.Invalid("filter", $"The filter is nested deeper than {MaxDepth}.", "invalidFilter").AsException();
        }

        Expect(open);
        var inner = Or();
        Expect(close);
        depth--;
        return inner;
    }

    private FilterExpression AttributeTerm()
    {
        if (lexer.IsString || lexer.Token is not { } word || AttributePath.Parse(word) is not { Name: not null } path)
        {
            throw Unexpected("an attribute");
        }

        lexer.Advance();
        if (lexer.Is("["))
        {
            return OfValues(path, Grouped("[", "]"));
        }

        return Test(path);
    }

    // Entra ID goes on after the bracket: emails[type eq "work"].value eq "a@b" asks for one value that is both.
    private FilterExpression.ValuePath OfValues(AttributePath path, FilterExpression inner)
    {
        if (lexer is { IsString: false, Token: ['.', .. var rest] } && AttributePath.Parse(rest) is { Schema: null, Sub: null } sub)
        {
            lexer.Advance();
            inner = new FilterExpression.And(inner, Test(sub));
        }

        return new FilterExpression.ValuePath(path, inner);
    }

    private FilterExpression Test(AttributePath path)
    {
        if (lexer.Is("pr"))
        {
            lexer.Advance();
            return new FilterExpression.Present(path);
        }

        var comparison = Operator();
        lexer.Advance();
        return new FilterExpression.Compare(path, comparison, Value());
    }

    private ComparisonOperator Operator()
    {
        if (!lexer.IsString && lexer.Token is { Length: 2 } word)
        {
            foreach (var candidate in Enum.GetValues<ComparisonOperator>())
            {
                if (word.Equals(candidate.ToString(), StringComparison.OrdinalIgnoreCase))
                {
                    return candidate;
                }
            }
        }

        throw Unexpected("an operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr)");
    }

    private JsonValue? Value()
    {
        var value = lexer switch
        {
            { IsString: true } => JsonValue.Create(lexer.Token),
            _ when lexer.Is("true") => JsonValue.Create(true),
            _ when lexer.Is("false") => JsonValue.Create(false),
            _ when lexer.Is("null") => null,
            _ when decimal.TryParse(lexer.Token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => throw Unexpected("a value in JSON, strings in double quotes"),
        };
        lexer.Advance();
        return value;
    }

    private void Expect(string token)
    {
        if (!lexer.Is(token))
        {
            throw Unexpected(token);
        }

        lexer.Advance();
    }

    private RefusedException Unexpected(string expected)
    {
        var found = lexer.Token is { } token ? $"\"{(token.Length > 40 ? token[..40] + "…" : token)}\"" : "the end";
        return Refusals.Invalid("filter", $"At position {lexer.Start + 1} of the filter: expected {expected}, found {found}.", "invalidFilter").AsException();
    }
}
