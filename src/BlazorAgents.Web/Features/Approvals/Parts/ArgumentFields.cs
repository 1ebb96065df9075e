using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Agents.Schema;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>A call's arguments as fields, after the tool's JSON schema. What the schema does not say is edited as JSON; reading never throws.</summary>
public sealed class ArgumentFields
{
    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 64 };

    private readonly string _arguments;

    private ArgumentFields(string arguments, IReadOnlyList<ArgumentField> all) => (_arguments, All) = (arguments, all);

    /// <summary>The fields: the required ones in the schema's order, then the others.</summary>
    public IReadOnlyList<ArgumentField> All { get; }

    /// <summary>The whole call as JSON without its secrets, where it does not all stand in the fields; else null.</summary>
    public string? Rest { get; private init; }

    /// <summary>Calls of this tool may hold names that this one does not have; <see langword="null"/> where the schema does not say.</summary>
    public bool? MayHoldOthers { get; private init; }

    /// <summary>Those that were edited.</summary>
    public IEnumerable<ArgumentField> Changed => All.Where(argument => argument.IsChanged);

    /// <summary>Reads a call; with <paramref name="edited"/> the fields' values are those, and the originals the model's.</summary>
    public static ArgumentFields Read(string schema, string arguments, string? edited = null)
    {
        var known = Parse(schema);
        var masked = SecretMask.Mask(arguments, known);
        var reader = new ArgumentReader(edited is not null);
        var (set, maskedSet) = edited is null ? (null, null) : (Parse(edited), Parse(SecretMask.Mask(edited, known)));
        reader.Read(known is { } of ? SchemaNode.Of(of) : null, Parse(arguments), Parse(masked), set, maskedSet);
        return new ArgumentFields(arguments, reader.Fields)
        {
            Rest = reader.IsCut || reader.Fields.Any(field => field.IsCut) ? masked : null,
            MayHoldOthers = reader.MayHoldOthers,
        };
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
