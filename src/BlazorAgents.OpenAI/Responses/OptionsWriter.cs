using System.Text.Json;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Writes options to the wire; what is null stays off it.</summary>
internal sealed class OptionsWriter(ProviderProfile profile)
{
    public Sdk.CreateResponseOptions Write(ChatOptions? options, IChatClient client, string defaultModelId)
    {
        var wire = options?.RawRepresentationFactory?.Invoke(client) as Sdk.CreateResponseOptions ?? new Sdk.CreateResponseOptions();
        wire.Model ??= options?.ModelId ?? defaultModelId;
        if (options is null)
        {
            return wire;
        }

        wire.Instructions ??= string.IsNullOrWhiteSpace(options.Instructions) ? null : options.Instructions;
        wire.Temperature ??= options.Temperature;
        wire.TopP ??= options.TopP;
        wire.MaxOutputTokenCount ??= options.MaxOutputTokens;
        wire.ReasoningOptions ??= Reasoning(options.Reasoning);
        wire.TextOptions ??= Format(options) is { } format ? new Sdk.ResponseTextOptions { TextFormat = format } : null;
        if (profile.UsesCompatibleNames && options.TopK is { } topK)
        {
            wire.Patch.Set("$.top_k"u8, topK);
        }

        WriteThread(options, wire);
        WriteMetadata(options, wire);
        WriteTools(options, wire);
        return wire;
    }

    private static void WriteThread(ChatOptions options, Sdk.CreateResponseOptions wire)
    {
        wire.StoredOutputEnabled ??= options.GetStore();
        if (options.AllowBackgroundResponses == true)
        {
            wire.BackgroundModeEnabled = true;
            wire.StoredOutputEnabled = true; // the server cannot work on what it does not keep
        }

        if (ThreadId.IsConversation(options.ConversationId))
        {
            wire.ConversationOptions ??= new Sdk.ResponseConversationOptions(options.ConversationId);
        }
        else
        {
            wire.PreviousResponseId ??= ThreadId.CheckResponse(options.ConversationId);
        }

        if (wire is { StoredOutputEnabled: false, ReasoningOptions: { } reasoning } && reasoning.ReasoningEffortLevel != Sdk.ResponseReasoningEffortLevel.None)
        {
            Include(wire, Sdk.IncludedResponseProperty.ReasoningEncryptedContent);
        }
    }

    private static void WriteMetadata(ChatOptions options, Sdk.CreateResponseOptions wire)
    {
        if (options.AdditionalProperties?.TryGetValue("metadata", out var value) == true && value is IEnumerable<KeyValuePair<string, string>> metadata)
        {
            foreach (var (key, text) in metadata)
            {
                wire.Metadata[key] = text;
            }
        }
    }

    private void WriteTools(ChatOptions options, Sdk.CreateResponseOptions wire)
    {
        foreach (var tool in options.Tools ?? [])
        {
            wire.Tools.Add(ToolWriter.Write(tool, profile));
            if (Results(tool) is { } results)
            {
                Include(wire, results);
            }
        }

        if (wire.Tools.Count > 0)
        {
            wire.ParallelToolCallsEnabled ??= options.AllowMultipleToolCalls;
            WriteChoice(options, wire);
        }
    }

    /// <summary>What a tool found comes only to those who ask for it.</summary>
    private static Sdk.IncludedResponseProperty? Results(AITool tool) => tool switch
    {
        HostedFileSearchTool => Sdk.IncludedResponseProperty.FileSearchCallResults,
        HostedCodeInterpreterTool => Sdk.IncludedResponseProperty.CodeInterpreterCallOutputs,
        HostedWebSearchTool => Sdk.IncludedResponseProperty.WebSearchCallActionSources,
        _ => default(Sdk.IncludedResponseProperty?), // a bare null would convert through the type's string operator, and throw
    };

    private static void Include(Sdk.CreateResponseOptions wire, Sdk.IncludedResponseProperty property)
    {
        if (!wire.IncludedProperties.Contains(property))
        {
            wire.IncludedProperties.Add(property);
        }
    }

    private static void WriteChoice(ChatOptions options, Sdk.CreateResponseOptions wire)
    {
        if (wire.ToolChoice is not null)
        {
            return;
        }

        if (options.ToolMode is not RequiredChatToolMode { RequiredFunctionName: { } name })
        {
            wire.ToolChoice = options.ToolMode switch
            {
                NoneChatToolMode => Sdk.ResponseToolChoice.CreateNoneChoice(),
                AutoChatToolMode => Sdk.ResponseToolChoice.CreateAutoChoice(),
                RequiredChatToolMode => Sdk.ResponseToolChoice.CreateRequiredChoice(),
                _ => null,
            };
            return;
        }

        switch (options.Tools!.FirstOrDefault(t => t.Name == name))
        {
            case HostedFileSearchTool:
                wire.ToolChoice = Sdk.ResponseToolChoice.CreateFileSearchChoice();
                break;
            case HostedWebSearchTool:
                wire.ToolChoice = Sdk.ResponseToolChoice.CreateWebSearchChoice();
                break;
            case HostedMcpServerTool mcp:
                wire.Patch.Set("$.tool_choice"u8, JsonSerializer.SerializeToUtf8Bytes(new { type = "mcp", server_label = mcp.ServerName }));
                break;
            case HostedCodeInterpreterTool or HostedImageGenerationTool:
                wire.Patch.Set("$.tool_choice"u8, JsonSerializer.SerializeToUtf8Bytes(new { type = name })); // the SDK has no choice for them
                break;
            default:
                wire.ToolChoice = Sdk.ResponseToolChoice.CreateFunctionChoice(name);
                break;
        }
    }

    private static Sdk.ResponseTextFormat? Format(ChatOptions options)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson json)
        {
            return options.ResponseFormat is ChatResponseFormatText ? Sdk.ResponseTextFormat.CreateTextFormat() : null;
        }

        if (json.Schema is not { } schema)
        {
            return Sdk.ResponseTextFormat.CreateJsonObjectFormat();
        }

        var isWanted = options.AdditionalProperties?.TryGetValue("strict", out var value) != true || value is true;
        var strict = schema;
        var isStrict = isWanted && StrictSchema.TryCreate(schema, out strict);
        return Sdk.ResponseTextFormat.CreateJsonSchemaFormat(
            json.SchemaName ?? "answer", BinaryData.FromString((isStrict ? strict : schema).GetRawText()), json.SchemaDescription, isStrict);
    }

    private static Sdk.ResponseReasoningOptions? Reasoning(ReasoningOptions? reasoning) => reasoning is null ? null : new()
    {
        ReasoningEffortLevel = reasoning.Effort switch
        {
            ReasoningEffort.None => Sdk.ResponseReasoningEffortLevel.None,
            ReasoningEffort.Low => Sdk.ResponseReasoningEffortLevel.Low,
            ReasoningEffort.Medium => Sdk.ResponseReasoningEffortLevel.Medium,
            ReasoningEffort.High => Sdk.ResponseReasoningEffortLevel.High,
            ReasoningEffort.ExtraHigh => Sdk.ResponseReasoningEffortLevel.ExtraHigh,
            _ => default(Sdk.ResponseReasoningEffortLevel?),
        },
        ReasoningSummaryVerbosity = reasoning.Output switch
        {
            ReasoningOutput.Summary => Sdk.ResponseReasoningSummaryVerbosity.Auto,
            ReasoningOutput.Full => Sdk.ResponseReasoningSummaryVerbosity.Detailed,
            _ => default(Sdk.ResponseReasoningSummaryVerbosity?),
        },
    };
}
