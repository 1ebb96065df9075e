using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using BlazorAgents.Agents.Schema;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Structured;

/// <summary>The form of an answer: a JSON Schema with a name, and the .NET type that it is read into, if any.</summary>
public sealed partial class StructuredFormat
{
    private const int MaxName = 64;
    private readonly JsonSchemaValidator _validator;
    private readonly StrictSchema _wire;
    private readonly TypedReader? _reader;

    private StructuredFormat(string name, string? description, JsonElement schema, TypedReader? reader)
    {
        (Name, Description, Schema, _reader) = (name, description, schema, reader);
        _validator = new JsonSchemaValidator(schema);
        _wire = StrictSchema.Of(schema);
    }

    /// <summary>The name the provider is given: letters, digits, "_" and "-", at most 64.</summary>
    public string Name { get; }

    /// <summary>What the answer is, for the model.</summary>
    public string? Description { get; }

    /// <summary>The schema that an answer must fit.</summary>
    public JsonElement Schema { get; }

    /// <summary>What an answer is read into; null for JSON.</summary>
    public Type? ValueType => _reader?.Type;

    /// <summary>How the provider is told.</summary>
    public StructuredSupport Support { get; private init; }

    /// <summary>The schema as it is sent: always an object, and closed and with all fields required where it can be strict.</summary>
    public JsonElement WireSchema => _wire.Schema;

    /// <summary>The provider can be held to the schema to the letter. Free-form parts such as dictionaries prevent it.</summary>
    public bool IsStrict => _wire.IsStrict;

    /// <summary>The form of <typeparamref name="T"/>: names, types, nullability, enums by name, [Description] and validation attributes.</summary>
    /// <param name="options">How names and values are written; null takes camel case, enums as names, and no numbers in strings.</param>
    /// <param name="support">How the provider is told.</param>
    /// <exception cref="NotSupportedException">A type in it cannot be JSON.</exception>
    public static StructuredFormat For<T>(JsonSerializerOptions? options = null, StructuredSupport support = StructuredSupport.Schema)
    {
        var reader = new TypedReader(typeof(T), options ?? TypedReader.DefaultOptions);
        var description = typeof(T).GetCustomAttribute<DescriptionAttribute>()?.Description;
        return new StructuredFormat(NameOf(typeof(T)), description, reader.CreateSchema(), reader) { Support = support };
    }

    /// <summary>The form that a JSON Schema describes.</summary>
    /// <exception cref="ArgumentException">The name or the schema cannot be used.</exception>
    public static StructuredFormat FromSchema(
        string name, JsonElement schema, string? description = null, StructuredSupport support = StructuredSupport.Schema)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxName || OtherThanNames().IsMatch(name))
        {
            throw new ArgumentException($"\"{name}\" is no name for a format: use letters, digits, \"_\" and \"-\", at most {MaxName}.", nameof(name));
        }

        return schema.ValueKind is JsonValueKind.Object
            ? new StructuredFormat(name, description, schema.Clone(), reader: null) { Support = support }
            : throw new ArgumentException("A JSON Schema is an object.", nameof(schema));
    }

    /// <summary>Finds the JSON in a model's text, also inside a Markdown fence or prose, reads and checks it. Never throws for what the model wrote.</summary>
    public StructuredAnswer Read(string text)
    {
        StructuredAnswer? closest = null;
        foreach (var json in JsonInText.Find(text, CreatePartial))
        {
            var answer = Check(json);
            if (answer.IsValid)
            {
                return answer;
            }

            closest = answer.Errors.Count <= (closest?.Errors.Count ?? int.MaxValue) ? answer : closest;
        }

        return closest ?? new StructuredAnswer(null, [JsonInText.WhyNone(text)]);
    }

    /// <summary>Reads an answer of this form while it is written; <see cref="Complete"/> gives what there is of it.</summary>
    public PartialJson CreatePartial() => new(_wire.IsWrapped ? PartialJsonStart.Anywhere : PartialJsonStart.AnywhereObject);

    /// <summary>The answer so far as valid JSON, not checked; null while there is nothing of it.</summary>
    public string? Complete(PartialJson partial)
    {
        ArgumentNullException.ThrowIfNull(partial);
        return Unwrap(partial.Snapshot().ToString());
    }

    /// <summary>The same form, read into <paramref name="type"/>.</summary>
    internal StructuredFormat ReadAs(Type type) =>
        ValueType == type ? this
        : ValueType is null ? new StructuredFormat(Name, Description, Schema, new TypedReader(type, TypedReader.DefaultOptions)) { Support = Support }
        : throw new ArgumentException($"The format reads {ValueType.Name}, not {type.Name}.", nameof(type));

    /// <summary>Takes a value that is no object out of the object that carries it on the wire; null for empty text.</summary>
    internal string? Unwrap(string json)
    {
        if (json.Length == 0 || !_wire.IsWrapped)
        {
            return json.Length == 0 ? null : json;
        }

        var whole = JsonElement.Parse(json);
        return whole.ValueKind is not JsonValueKind.Object ? json
            : whole.TryGetProperty(StrictSchema.WrapperName, out var value) ? value.GetRawText()
            : null;
    }

    internal void Apply(ChatOptions options)
    {
        if (Support is StructuredSupport.Schema)
        {
            options.ResponseFormat = ChatResponseFormat.ForJsonSchema(WireSchema, Name, Description);
            if (!IsStrict)
            {
                (options.AdditionalProperties ??= [])["strict"] = false;
            }

            return;
        }

        options.ResponseFormat = Support is StructuredSupport.JsonObject ? ChatResponseFormat.Json : null;
        var instruction = $"Answer only with JSON that fits this JSON Schema, without any other text:\n{WireSchema.GetRawText()}";
        options.Instructions = string.IsNullOrEmpty(options.Instructions) ? instruction : $"{options.Instructions}\n\n{instruction}";
    }

    private StructuredAnswer Check(JsonElement json)
    {
        try
        {
            if (!_wire.IsWrapped || json.ValueKind is not JsonValueKind.Object || !json.TryGetProperty(StrictSchema.WrapperName, out var value))
            {
                value = json;
            }

            value = LeftOut.Drop(value, Schema);
            var errors = _validator.Validate(value);
            return errors.Count > 0 || _reader is null ? new StructuredAnswer(value, errors) : _reader.Read(value);
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            // How System.Text.Json says that an escape stands for half a character.
            return new StructuredAnswer(null, ["It contains text that is not valid Unicode."]);
        }
    }

    private static string NameOf(Type type)
    {
        var words = type.IsArray ? $"{NameOf(type.GetElementType()!)}_list"
            : type.IsGenericType ? string.Join('_', type.GetGenericArguments().Select(NameOf).Prepend(type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]))
            : type.Name;
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(OtherThanNames().Replace(words, "_"));
        return name.Length > MaxName ? name[..MaxName] : name;
    }

    [GeneratedRegex("[^A-Za-z0-9_-]+")]
    private static partial Regex OtherThanNames();
}
