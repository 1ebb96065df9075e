using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Assistants;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>What a request asks of its assistant. Most of it can differ from run to run; what cannot decides whether an assistant fits.</summary>
internal sealed class AssistantSpec
{
    private readonly List<string> _vectorStoreIds = [];
    private readonly List<string> _codeFileIds = [];
    private readonly string _toolsKey;
    private readonly string _formatKey;

    /// <exception cref="AgentException">A tool is not one of the Assistants API's.</exception>
    public AssistantSpec(ChatOptions? options, string defaultModelId)
    {
        Model = options?.ModelId ?? defaultModelId;
        Name = options.GetAgentName();
        Instructions = string.IsNullOrWhiteSpace(options?.Instructions) ? null : options.Instructions;
        Tools = [.. (options?.Tools ?? []).Select(Write)];
        _toolsKey = string.Join('\n', (options?.Tools ?? []).Select(KeyOf));
        (Format, _formatKey) = Write(options);
    }

    public string Model { get; }

    public string? Name { get; }

    public string? Instructions { get; }

    public IReadOnlyList<Sdk.ToolDefinition> Tools { get; }

    public Sdk.AssistantResponseFormat? Format { get; }

    public bool SearchesFiles => Tools.Any(t => t is Sdk.FileSearchToolDefinition);

    public bool RunsCode => Tools.Any(t => t is Sdk.CodeInterpreterToolDefinition);

    /// <summary>What no run can change: name and files, and whether there are instructions and tools at all.</summary>
    public string Key => string.Join(
        '\n', Name, Instructions is null, Tools.Count == 0, string.Join(',', _vectorStoreIds), string.Join(',', _codeFileIds));

    public Sdk.AssistantCreationOptions ForAssistant()
    {
        var wire = new Sdk.AssistantCreationOptions { Name = Name, Instructions = Instructions, ResponseFormat = Format, ToolResources = Resources() };
        foreach (var tool in Tools)
        {
            wire.Tools.Add(tool);
        }

        return wire;
    }

    /// <summary>Says in a run what differs from the assistant that was made for <paramref name="made"/>; null stands for an unknown one.</summary>
    public void Override(Sdk.RunCreationOptions run, AssistantSpec? made)
    {
        run.ModelOverride = made is not null && Model != made.Model ? Model : null;
        run.InstructionsOverride = Instructions != made?.Instructions ? Instructions : null;
        run.ResponseFormat = _formatKey == (made?._formatKey ?? string.Empty) ? null : Format ?? Sdk.AssistantResponseFormat.CreateAutoFormat();
        if (_toolsKey == (made?._toolsKey ?? string.Empty))
        {
            return;
        }

        foreach (var tool in Tools)
        {
            run.ToolsOverride.Add(tool);
        }
    }

    private Sdk.ToolDefinition Write(AITool tool)
    {
        switch (tool)
        {
            case AIFunctionDeclaration function:
                return Sdk.ToolDefinition.CreateFunction(
                    function.Name,
                    string.IsNullOrEmpty(function.Description) ? null : function.Description,
                    BinaryData.FromString(function.JsonSchema.GetRawText()),
                    function.AdditionalProperties.TryGetValue("strict", out var strict) ? strict as bool? : null);
            case HostedFileSearchTool search:
                _vectorStoreIds.AddRange((search.Inputs ?? []).Select(
                    i => (i as HostedVectorStoreContent)?.VectorStoreId ?? throw Refuse("File search takes vector stores only; put the files into one.")));
                return Sdk.ToolDefinition.CreateFileSearch(search.MaximumResultCount);
            case HostedCodeInterpreterTool code:
                _codeFileIds.AddRange((code.Inputs ?? []).Select(
                    i => (i as HostedFileContent)?.FileId ?? throw Refuse("The code interpreter takes uploaded files only; attach others to a message.")));
                return Sdk.ToolDefinition.CreateCodeInterpreter();
            default:
                throw Refuse(HostedToolSupport.FindProblem(ClientType.AssistantsApi, ProviderKind.Compatible, tool) ?? $"The tool \"{tool.Name}\" is unknown.");
        }
    }

    private static AgentException Refuse(string why) => new(AgentErrorKind.BadResponse, why);

    private static string KeyOf(AITool tool) => tool switch
    {
        AIFunctionDeclaration function => $"{function.Name}\n{function.Description}\n{function.JsonSchema.GetRawText()}",
        HostedFileSearchTool search => $"file_search {search.MaximumResultCount}",
        _ => tool.GetType().Name,
    };

    private Sdk.ToolResources? Resources()
    {
        if (_vectorStoreIds.Count == 0 && _codeFileIds.Count == 0)
        {
            return null;
        }

        var resources = new Sdk.ToolResources();
        if (_vectorStoreIds.Count > 0)
        {
            resources.FileSearch = new Sdk.FileSearchToolResources();
            _vectorStoreIds.ForEach(resources.FileSearch.VectorStoreIds.Add);
        }

        if (_codeFileIds.Count > 0)
        {
            resources.CodeInterpreter = new Sdk.CodeInterpreterToolResources();
            _codeFileIds.ForEach(resources.CodeInterpreter.FileIds.Add);
        }

        return resources;
    }

    private static (Sdk.AssistantResponseFormat? Format, string Key) Write(ChatOptions? options)
    {
        if (options?.ResponseFormat is not ChatResponseFormatJson json)
        {
            return (null, string.Empty);
        }

        if (json.Schema is not { } schema)
        {
            return (Sdk.AssistantResponseFormat.CreateJsonObjectFormat(), "json");
        }

        var strict = schema;
        var isWanted = options.AdditionalProperties?.TryGetValue("strict", out var value) != true || value is true;
        var isStrict = isWanted && StrictSchema.TryCreate(schema, out strict);
        var sent = strict.GetRawText();
        return (
            Sdk.AssistantResponseFormat.CreateJsonSchemaFormat(
                json.SchemaName ?? "answer", BinaryData.FromString(sent), json.SchemaDescription, isStrict),
            $"{json.SchemaName}\n{isStrict}\n{sent}");
    }
}
