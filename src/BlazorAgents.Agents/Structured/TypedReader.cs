using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Structured;

/// <summary>Reads JSON that fits its schema into a .NET type, and says what its own rules object to.</summary>
internal sealed class TypedReader(Type type, JsonSerializerOptions options)
{
    /// <summary>Camel case, enums by name, null only where the type allows it.</summary>
    public static readonly JsonSerializerOptions DefaultOptions = CreateOptions();

    // What a value must look like, said to a model in place of a type's name.
    private static readonly (Type Type, string Words)[] s_words =
    [
        (typeof(DateOnly), "a date (yyyy-MM-dd)"),
        (typeof(TimeOnly), "a time of day (HH:mm:ss)"),
        (typeof(DateTimeOffset), "a date and time with offset (yyyy-MM-ddTHH:mm:ssZ)"),
        (typeof(DateTime), "a date and time (yyyy-MM-ddTHH:mm:ss)"),
        (typeof(TimeSpan), "a duration (d.hh:mm:ss)"),
        (typeof(Guid), "a UUID"),
        (typeof(Uri), "a URI"),
        (typeof(byte[]), "base64"),
    ];

    public Type Type { get; } = type;

    public JsonElement CreateSchema() => AIJsonUtilities.CreateJsonSchema(Type, serializerOptions: options);

    public StructuredAnswer Read(JsonElement json)
    {
        try
        {
            var value = json.Deserialize(options.GetTypeInfo(Type));
            return new StructuredAnswer(json, value is null ? [] : ObjectRules.Check(value, options)) { Value = value };
        }
        catch (JsonException exception)
        {
            return new StructuredAnswer(json, [Explain(exception)]);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            // A constructor or setter of the type itself refused the value.
            return new StructuredAnswer(json, [$"It was refused: {exception.Message}"]);
        }
    }

    private static string Explain(JsonException exception)
    {
        var field = exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? $"\"{path[2..]}\"" : "The whole value";
        var wanted = s_words.FirstOrDefault(known => exception.Message.Contains($"converted to {known.Type}.", StringComparison.Ordinal)
            || exception.Message.Contains($"[{known.Type}]", StringComparison.Ordinal)).Words;
        return wanted is null ? $"{field} has a value that cannot be read." : $"{field} must be {wanted}.";
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }
}
