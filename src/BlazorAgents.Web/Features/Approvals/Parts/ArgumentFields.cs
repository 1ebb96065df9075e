using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        fields.Add(parsed, Parse(arguments), edited is null ? null : Parse(edited), [], isRequired: true, isSecret: false);
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

    private static bool IsSecret(string name, JsonElement? schema) =>
        SecretMask.IsSecretName(name) || (schema is { } of && SecretMask.IsSecretSchema(of));

    private void Add(JsonElement? schema, JsonElement? value, JsonElement? edited, IReadOnlyList<string> path, bool isRequired, bool isSecret)
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
                Add(Member(schema, "items"), list[i], Item(edited, i), [.. path, i.ToString(CultureInfo.InvariantCulture)], isRequired: true, isSecret: false);
            }
        }
        else if (path.Count > 0)
        {
            var choices = Choices(schema);
            var kind = KindOf(schema, value, choices);
            var original = Text(value, kind);
            _all.Add(new ArgumentField
            {
                Path = path,
                Kind = kind,
                Description = TextOf(schema, "description"),
                Choices = choices,
                IsRequired = isRequired,
                IsSecret = isSecret,
                Original = original,
                Value = isSecret ? null : edited is null ? original : Text(edited, kind),
            });
        }
    }

    private void AddGroup(JsonElement? schema, JsonElement? value, JsonElement? edited, IReadOnlyList<string> path)
    {
        var required = Member(schema, "required") is { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray().Where(n => n.ValueKind is JsonValueKind.String).Select(n => n.GetString()!).Distinct(StringComparer.Ordinal).Index().ToDictionary(n => n.Item, n => n.Index, StringComparer.Ordinal) : [];
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (Member(schema, "properties") is { ValueKind: JsonValueKind.Object } properties)
        {
            // Canonical JSON sorts the properties by name; the required ones are still listed in the tool's own order.
            foreach (var property in properties.EnumerateObject().OrderBy(p => required.GetValueOrDefault(p.Name, int.MaxValue)))
            {
                known.Add(property.Name);
                AddMember(property.Name, property.Value);
            }
        }

        if (value is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var property in given.EnumerateObject().Where(p => !known.Contains(p.Name)))
            {
                AddMember(property.Name, null);
            }
        }

        void AddMember(string name, JsonElement? of) =>
            Add(of, Member(value, name), edited is null ? null : Member(edited, name), [.. path, name], required.ContainsKey(name), IsSecret(name, of));
    }

    private static bool IsGroup(JsonElement? schema, JsonElement? value) =>
        (Member(schema, "properties") is { ValueKind: JsonValueKind.Object } || value is { ValueKind: JsonValueKind.Object })
        && value is null or { ValueKind: JsonValueKind.Object };

    private static ArgumentKind KindOf(JsonElement? schema, JsonElement? value, IReadOnlyList<string> choices)
    {
        var type = TypeOf(schema) ?? value?.ValueKind switch
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

    // "type" is one name, or a list of which one is not "null"; an enumeration of texts may leave it out.
    private static string? TypeOf(JsonElement? schema) => Member(schema, "type") switch
    {
        { ValueKind: JsonValueKind.String } one => one.GetString(),
        { ValueKind: JsonValueKind.Array } many => many.EnumerateArray().Where(t => t.ValueKind is JsonValueKind.String)
            .Select(t => t.GetString()).Where(t => t != "null").Take(2).ToList() is [var only] ? only : null,
        _ => Choices(schema).Count > 0 ? "string" : null,
    };

    private static IReadOnlyList<string> Choices(JsonElement? schema) =>
        Member(schema, "enum") is { ValueKind: JsonValueKind.Array } values && values.EnumerateArray().All(v => v.ValueKind is JsonValueKind.String or JsonValueKind.Null)
            ? [.. values.EnumerateArray().Where(v => v.ValueKind is JsonValueKind.String).Select(v => v.GetString()!)] : [];

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

    private static string? TextOf(JsonElement? element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

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
