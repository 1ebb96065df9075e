using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace BlazorAgents.Testing.Specification;

/// <summary>
/// OpenAI's specification as a judge: which operation a request is, and whether requests, answers and streamed events follow it.
/// The document is openai/openai-openapi at f85dbe22, cut down to what this application uses; where it is wrong, see <see cref="SpecWaivers"/>.
/// </summary>
public sealed class OpenApiContract
{
    private const string Json = "application/json";
    private const string EventStream = "text/event-stream";
    private const string FailureName = "ErrorResponse";
    private static readonly Lazy<OpenApiContract> s_openAI = new(Load);

    private readonly SchemaSet _schemas;
    private readonly QueryValues _values;
    private readonly JsonObject _components;
    private readonly Dictionary<string, EventNames> _streams;

    private OpenApiContract(JsonObject specification)
    {
        _components = (JsonObject)specification["components"]!["schemas"]!;
        _values = new QueryValues(_components);
        Operations = SpecificationReader.Operations(specification);
        _streams = Operations.Select(StreamSchema).OfType<string>().Distinct().ToDictionary(name => name, name => EventNames.Read(_components, name));
        _schemas = new SchemaSet(SpecificationReader.Definitions(_components, Operations, _streams.Values));
    }

    /// <summary>The specification, read once for the process.</summary>
    public static OpenApiContract OpenAI => s_openAI.Value;

    /// <summary>Every operation, in the specification's order.</summary>
    public IReadOnlyList<ContractOperation> Operations { get; }

    /// <summary>The events of each kind of stream, by the name of its schema.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Events => _streams.ToDictionary(s => s.Key, s => (IReadOnlyCollection<string>)s.Value.ByEvent.Keys);

    /// <summary>The operation of a request; null where the specification has none.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path of the address, with whatever precedes "/v1/".</param>
    public ContractOperation? Find(string method, string path)
    {
        var version = path.IndexOf("/v1/", StringComparison.Ordinal);
        var segments = (version < 0 ? path : path[(version + 4)..]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Operations.Where(operation => operation.Matches(method, segments)).MaxBy(operation => operation.FixedSegments);
    }

    /// <summary>The schema of the operation's streamed events; null where it does not stream.</summary>
    public static string? StreamSchema(ContractOperation operation) =>
        (string?)operation.Definition["responses"]?["200"]?["content"]?[EventStream]?["schema"]?["$ref"] is { } reference ? reference.Split('/')[^1] : null;

    /// <summary>Judges a request.</summary>
    /// <param name="operation">What is asked.</param>
    /// <param name="query">The query with or without its question mark.</param>
    /// <param name="contentType">The Content-Type header.</param>
    /// <param name="body">The body; empty for none.</param>
    public async Task<IReadOnlyList<ContractViolation>> CheckRequestAsync(ContractOperation operation, string query, string? contentType, byte[] body)
    {
        var subject = operation.Id + " request";
        var found = CheckQuery(operation, query);
        var known = operation.RequestTypes.ToList();
        var mediaType = contentType?.Split(';')[0].Trim();
        if (body.Length == 0)
        {
            return operation.RequiresBody ? [.. found, new(subject, "$", "has no body")] : found;
        }

        if (mediaType is null || !known.Contains(mediaType))
        {
            var allowed = known.Count == 0 ? "no body" : string.Join(" or ", known);
            return [.. found, new(subject, "$", $"must be {allowed}, not {mediaType ?? "a body without Content-Type"}")];
        }

        var name = operation.RequestName(mediaType);
        if (mediaType == Json)
        {
            return [.. found, .. Check(name, subject, System.Text.Encoding.UTF8.GetString(body))];
        }

        var fields = await MultipartBody.ReadAsync(contentType!, body);
        return [.. found, .. Check(name, subject, _values.Read(Properties(operation.Definition["requestBody"]!["content"]![mediaType]!["schema"]!), fields).ToJsonString())];
    }

    /// <summary>Judges an answer that is no stream.</summary>
    public IReadOnlyList<ContractViolation> CheckResponse(ContractOperation operation, int status, string? contentType, string body)
    {
        var subject = $"{operation.Id} answer {status}";
        var mediaType = contentType?.Split(';')[0].Trim();
        if (status is >= 200 and < 300)
        {
            var name = operation.ResponseName(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return operation.Definition["responses"]?[$"{status}"] is null ? [new(subject, "$", "is a status that the operation does not have")]
                : !_schemas.Contains(name) ? []
                : mediaType == Json ? Check(name, subject, body)
                : [new(subject, "$", $"must be {Json}, not {mediaType ?? "without Content-Type"}")];
        }

        return mediaType == Json ? Check(FailureName, subject, body) : [new(subject, "$", $"must be an error as {Json}, not {mediaType ?? "without Content-Type"}")];
    }

    /// <summary>Judges one streamed event.</summary>
    /// <param name="operation">What streams.</param>
    /// <param name="name">The event's name (its "event:" line); null for none.</param>
    /// <param name="data">Its data.</param>
    public IReadOnlyList<ContractViolation> CheckEvent(ContractOperation operation, string? name, string data)
    {
        var subject = $"{operation.Id} event {name}".TrimEnd();
        if (StreamSchema(operation) is not { } schema)
        {
            return [new(subject, "$", "is an event of an operation that does not stream")];
        }

        var form = _streams[schema].Find(name, data);
        return form.Problem is { } problem ? [new(subject, "$", problem)] : form.Definition is null ? [] : Check(form.Definition, subject, form.Json);
    }

    /// <summary>Which of its stream's events this is; null for the end of a stream, and where there is no such stream.</summary>
    public (string Stream, string Event)? EventOf(ContractOperation operation, string? name, string data) =>
        StreamSchema(operation) is { } schema && _streams[schema].KindOf(name, data) is { } kind ? (schema, kind) : null;

    /// <summary>Judges a JSON text by a schema of the specification.</summary>
    /// <param name="schema">The schema's name under components/schemas.</param>
    /// <param name="json">The text.</param>
    public IReadOnlyList<ContractViolation> CheckSchema(string schema, string json) => Check(schema, schema, json);

    private static OpenApiContract Load()
    {
        var specification = SpecificationReader.Load();
        foreach (var waiver in SpecWaivers.All)
        {
            waiver.Apply(specification);
        }

        return new OpenApiContract(specification);
    }

    private IReadOnlyList<ContractViolation> CheckQuery(ContractOperation operation, string query)
    {
        var pairs = QueryHelpers.ParseQuery(query).SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? string.Empty)));
        var json = _values.Read(SpecificationReader.QueryProperties(operation), pairs).ToJsonString();
        return Check(operation.QueryName, operation.Id + " query", json);
    }

    private JsonObject Properties(JsonNode schema)
    {
        while (schema["$ref"] is { } reference)
        {
            schema = _components[((string)reference!).Split('/')[^1]]!;
        }

        return (JsonObject)schema["properties"]!;
    }

    private IReadOnlyList<ContractViolation> Check(string name, string subject, string json) =>
        [.. _schemas.Check(name, json).Select(problem => new ContractViolation(subject, problem.Path, problem.Problem))];
}
