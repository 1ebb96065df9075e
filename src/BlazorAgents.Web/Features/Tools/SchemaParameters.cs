using System.Text.Json;
using BlazorAgents.Agents.Schema;

namespace BlazorAgents.Web.Features.Tools;

/// <summary>A tool's JSON schema as a list of arguments. Bounded; reading never throws, as schemas also come from other servers.</summary>
internal sealed class SchemaParameters
{
    private const int MaxRows = 100;
    private const int MaxDepth = 5;
    private const int MaxText = 500;

    private static readonly (string Keyword, string Words)[] s_limits =
    [
        ("minimum", "at least {0}"), ("exclusiveMinimum", "more than {0}"), ("maximum", "at most {0}"), ("exclusiveMaximum", "less than {0}"),
        ("multipleOf", "a multiple of {0}"), ("minLength", "at least {0} characters"), ("maxLength", "at most {0} characters"),
        ("minItems", "at least {0} items"), ("maxItems", "at most {0} items"), ("format", "as {0}"), ("pattern", "fits {0}"), ("default", "{0} when left out"),
    ];

    private readonly List<SchemaParameter> _rows = [];

    private SchemaParameters()
    {
    }

    /// <summary>The arguments in the schema's order, members of a group after it.</summary>
    public static IReadOnlyList<SchemaParameter> Read(string schema)
    {
        try
        {
            using var document = JsonDocument.Parse(schema);
            var reader = new SchemaParameters();
            reader.AddMembers(SchemaNode.Of(document.RootElement), "", 0);
            return reader._rows;
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private void AddMembers(SchemaNode schema, string prefix, int depth)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        var required = schema.Required.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, own) in schema.Properties)
        {
            if (_rows.Count == MaxRows)
            {
                return;
            }

            _rows.Add(new SchemaParameter(
                Cut(prefix + name), TypeOf(own), required.Contains(name), Values(own), [.. Limits(own)], own.Description is { } words ? Cut(words) : null));
            AddMembers(own, $"{prefix}{name}.", depth + 1);
            if (own.Items is { } item)
            {
                AddMembers(item, $"{prefix}{name}[].", depth + 1);
            }
        }
    }

    private static string TypeOf(SchemaNode schema, bool isItem = false)
    {
        var words = schema.Types.Select(type => type switch
        {
            "string" => "text",
            "integer" => "whole number",
            "number" => "number",
            "boolean" => "yes or no",
            "object" => "group",
            "array" => !isItem && schema.Items is { } of && TypeOf(of, isItem: true) is var inner and not "any" ? $"list of {inner}" : "list",
            _ => Cut(type),
        }).ToList();
        if (words.Count == 0)
        {
            words.Add(schema.Keyword("enum") is null ? "any" : "choice");
        }

        return string.Join(" or ", schema.IsNullable && !isItem ? [.. words, "nothing"] : words);
    }

    private static IReadOnlyList<string> Values(SchemaNode schema) =>
        [.. (schema.Values is [_, ..] own ? own : schema.Items?.Values ?? []).Take(MaxRows).Select(Show)];

    private static IEnumerable<string> Limits(SchemaNode schema) =>
        from limit in s_limits
        let value = schema.Keyword(limit.Keyword)
        where value is { ValueKind: not JsonValueKind.Null }
        select limit.Words.Replace("{0}", Show(value.Value), StringComparison.Ordinal);

    private static string Show(JsonElement value) => Cut(value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText());

    private static string Cut(string text) => Approvals.Parts.ApprovalWords.Cut(text, MaxText);
}
