using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Agents.Schema;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>A call's arguments as fields, after the tool's JSON schema. What the schema does not say is edited as JSON; reading never throws.</summary>
public sealed class ArgumentFields
{
    private const int MaxFields = 60;
    private const int MaxDepth = 4;
    private const int MaxList = 20;

    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 64 };

    private readonly List<ArgumentField> _all = [];
    private readonly string _arguments;

    private readonly JsonElement? _schema;

    private ArgumentFields(string arguments, JsonElement? schema) => (_arguments, _schema) = (arguments, schema);

    /// <summary>The fields: the required ones in the schema's order, then the others.</summary>
    public IReadOnlyList<ArgumentField> All => _all;

    /// <summary>The whole call as JSON without its secrets, where it has more arguments than fields; else null.</summary>
    public string? Rest { get; private set; }

    /// <summary>Those that were edited.</summary>
    public IEnumerable<ArgumentField> Changed => _all.Where(argument => argument.IsChanged);

    /// <summary>Reads a call; with <paramref name="edited"/> the fields' values are those, and the originals the model's.</summary>
    public static ArgumentFields Read(string schema, string arguments, string? edited = null)
    {
        var parsed = Parse(schema);
        var fields = new ArgumentFields(arguments, parsed);
        fields.Add(parsed is { } known ? SchemaNode.Of(known) : null, Parse(arguments), edited is null ? null : Parse(edited), [], isRequired: true, isSecret: false);
        return fields;
    }

    /// <summary>The arguments as edited, or the fields that cannot be read, each with a message.</summary>
    public (string? Json, IReadOnlyDictionary<string, string> Errors) Write()
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (ParseNode(_arguments) is not JsonObject root)
        {
            errors[""] = "The model's arguments are no JSON object. Reject the call.";
            return (null, errors);
        }

        foreach (var field in Changed)
        {
            if (ValueOf(field) is not { } value)
            {
                errors[field.Name] = MessageFor(field);
            }
            else if (!TrySet(root, field.Path, value.Node))
            {
                errors[field.Name] = $"\"{field.Name}\" has no place in the arguments as they are.";
            }
        }

        return errors.Count == 0 ? (root.ToJsonString(), errors) : (null, errors);
    }

    private static bool IsSecret(string name, SchemaNode? schema) => SecretMask.IsSecretName(name) || (schema is not null && SecretMask.IsSecret(schema));

    private void Add(SchemaNode? schema, JsonElement? value, JsonElement? edited, IReadOnlyList<string> path, bool isRequired, bool isSecret)
    {
        if (_all.Count >= MaxFields)
        {
            Rest = SecretMask.Mask(_arguments, _schema);
            return;
        }

        var canDescend = path.Count <= MaxDepth && !isSecret;
        if (canDescend && IsGroup(schema, value))
        {
            AddGroup(schema, value, edited, path);
        }
        else if (canDescend && value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is > 0 and <= MaxList
            && list.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Object))
        {
            for (var i = 0; i < list.GetArrayLength(); i++)
            {
                Add(schema?.Items, list[i], Item(edited, i), [.. path, i.ToString(CultureInfo.InvariantCulture)], isRequired: true, isSecret: false);
            }
        }
        else if (path.Count > 0)
        {
            var choices = schema?.Choices ?? [];
            var kind = KindOf(schema?.Type, value, choices);
            var original = Text(value, kind);
            _all.Add(new ArgumentField
            {
                Path = path,
                Kind = kind,
                Description = schema?.Description,
                Choices = choices,
                IsRequired = isRequired,
                IsSecret = isSecret,
                Original = original,
                Value = isSecret ? null : edited is null ? original : Text(edited, kind),
            });
        }
    }

    private void AddGroup(SchemaNode? schema, JsonElement? value, JsonElement? edited, IReadOnlyList<string> path)
    {
        var required = (schema?.Required ?? []).Index().ToDictionary(n => n.Item, n => n.Index, StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);

        // Canonical JSON sorts the properties by name; the required ones are still listed in the tool's own order.
        foreach (var (name, of) in (schema?.Properties ?? []).OrderBy(p => required.GetValueOrDefault(p.Name, int.MaxValue)))
        {
            known.Add(name);
            AddMember(name, of);
        }

        if (value is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var property in given.EnumerateObject().Where(p => !known.Contains(p.Name)))
            {
                AddMember(property.Name, null);
            }
        }

        void AddMember(string name, SchemaNode? of) =>
            Add(of, Member(value, name), edited is null ? null : Member(edited, name), [.. path, name], required.ContainsKey(name), IsSecret(name, of));
    }

    private static bool IsGroup(SchemaNode? schema, JsonElement? value) =>
        (schema is { HasProperties: true } || value is { ValueKind: JsonValueKind.Object })
        && value is null or { ValueKind: JsonValueKind.Object };

    private static ArgumentKind KindOf(string? type, JsonElement? value, IReadOnlyList<string> choices)
    {
        type ??= value?.ValueKind switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => null,
        };
        return (type, value?.ValueKind) switch
        {
            ("string", null or JsonValueKind.String) => choices.Count > 0 ? ArgumentKind.Choice : ArgumentKind.Text,
            ("number" or "integer", null or JsonValueKind.Number) => ArgumentKind.Number,
            ("boolean", null or JsonValueKind.True or JsonValueKind.False) => ArgumentKind.Flag,
            _ => ArgumentKind.Json,
        };
    }

    private static string? Text(JsonElement? value, ArgumentKind kind) => value switch
    {
        null => null,
        { ValueKind: JsonValueKind.Null } => kind is ArgumentKind.Json ? "null" : null,
        { ValueKind: JsonValueKind.String } text when kind is ArgumentKind.Text or ArgumentKind.Choice => String(text),
        { } other => other.GetRawText(),
    };

    private static string String(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText(); // half of a surrogate pair
        }
    }

    private static (JsonNode? Node, bool IsGone)? ValueOf(ArgumentField field)
    {
        var text = field.Value ?? "";
        if (text.Length == 0 && (!field.IsRequired || field.Kind is not (ArgumentKind.Text or ArgumentKind.Json)))
        {
            return field.IsRequired ? null : (null, true);
        }

        return field.Kind switch
        {
            ArgumentKind.Text or ArgumentKind.Choice => (JsonValue.Create(text), false),
            ArgumentKind.Flag => text is "true" or "false" ? (JsonValue.Create(text == "true"), false) : null,
            ArgumentKind.Number => ParseNode(text.Trim()) is JsonValue number && number.GetValueKind() is JsonValueKind.Number ? (number, false) : null,
            _ => IsJson(text) ? (ParseNode(text), false) : null,
        };
    }

    private static string MessageFor(ArgumentField field) => field switch
    {
        { Value: null or "" } => $"\"{field.Name}\" is needed. Give a value.",
        { Kind: ArgumentKind.Number } => $"\"{field.Name}\" must be a number, like 2 or 1.5.",
        { Kind: ArgumentKind.Flag } => $"\"{field.Name}\" must be yes or no.",
        _ => $"\"{field.Name}\" must be valid JSON.",
    };

    private static bool TrySet(JsonObject root, IReadOnlyList<string> path, JsonNode? value)
    {
        JsonNode? at = root;
        foreach (var (name, i) in path.Select((name, i) => (name, i)))
        {
            var isLast = i == path.Count - 1;
            switch (at)
            {
                case JsonObject group when isLast && value is null:
                    group.Remove(name);
                    return true;
                case JsonObject group when isLast:
                    group[name] = value;
                    return true;
                case JsonObject group:
                    at = group[name] ??= new JsonObject();
                    break;
                case JsonArray list when int.TryParse(name, CultureInfo.InvariantCulture, out var index) && index < list.Count:
                    at = list[index];
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } group && group.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Item(JsonElement? element, int index) =>
        element is { ValueKind: JsonValueKind.Array } list && index < list.GetArrayLength() ? list[index] : null;

    private static bool IsJson(string text) => Parse(text) is not null;

    private static JsonElement? Parse(string json)
    {
        try
        {
            return JsonElement.Parse(json, s_reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? ParseNode(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: s_reading);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
