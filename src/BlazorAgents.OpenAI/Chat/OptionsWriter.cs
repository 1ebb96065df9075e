using System.Text.Json;
using System.Text.Json.Serialization;
using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace BlazorAgents.OpenAI.Chat;

/// <summary>Writes options to the wire; what is null stays off it.</summary>
internal sealed class OptionsWriter(ProviderProfile profile)
{
    private static readonly JsonSerializerOptions s_withoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly AIJsonSchemaTransformOptions s_strict = new()
    {
        DisallowAdditionalProperties = true,
        RequireAllProperties = true,
        ConvertBooleanSchemas = true,
        MoveDefaultKeywordToDescription = true,
    };

    public Sdk.ChatCompletionOptions Write(ChatOptions? options, IChatClient client)
    {
        var wire = options?.RawRepresentationFactory?.Invoke(client) as Sdk.ChatCompletionOptions ?? new Sdk.ChatCompletionOptions();
        if (options is null)
        {
            return wire;
        }

        wire.Temperature ??= options.Temperature;
        wire.TopP ??= options.TopP;
        wire.FrequencyPenalty ??= options.FrequencyPenalty;
        wire.PresencePenalty ??= options.PresencePenalty;
        wire.Seed ??= options.Seed;
        wire.ReasoningEffortLevel ??= Effort(options.Reasoning?.Effort);
        wire.ResponseFormat ??= Format(options);
        if (options.GetStore() == true && !profile.UsesCompatibleNames)
        {
            wire.StoredOutputEnabled ??= true; // off is how it is without a word, and many servers do not know the field
        }

        foreach (var stop in options.StopSequences ?? [])
        {
            wire.StopSequences.Add(stop);
        }

        WriteLimits(options, wire);
        WriteTools(options, wire);
        return wire;
    }

    private void WriteLimits(ChatOptions options, Sdk.ChatCompletionOptions wire)
    {
        if (!profile.UsesCompatibleNames)
        {
            wire.MaxOutputTokenCount ??= options.MaxOutputTokens;
            return;
        }

        if (options.MaxOutputTokens is { } most)
        {
            wire.Patch.Set("$.max_tokens"u8, most);
        }

        if (options.TopK is { } topK)
        {
            wire.Patch.Set("$.top_k"u8, topK);
        }
    }

    private void WriteTools(ChatOptions options, Sdk.ChatCompletionOptions wire)
    {
        foreach (var tool in options.Tools ?? [])
        {
            switch (tool)
            {
                case AIFunctionDeclaration function:
                    wire.Tools.Add(Sdk.ChatTool.CreateFunctionTool(
                        function.Name,
                        string.IsNullOrEmpty(function.Description) ? null : function.Description,
                        BinaryData.FromString(function.JsonSchema.GetRawText()),
                        function.AdditionalProperties.TryGetValue("strict", out var strict) ? strict as bool? : null));
                    break;
                default:
                    if (HostedToolSupport.FindProblem(ClientType.Chat, profile.Kind, tool) is { } problem)
                    {
                        throw new AgentException(AgentErrorKind.BadResponse, problem);
                    }

                    WriteWebSearch((HostedWebSearchTool)tool, wire);
                    break;
            }
        }

        if (wire.Tools.Count > 0)
        {
            wire.AllowParallelToolCalls ??= options.AllowMultipleToolCalls;
            wire.ToolChoice ??= Choice(options.ToolMode);
        }
    }

    private static void WriteWebSearch(HostedWebSearchTool tool, Sdk.ChatCompletionOptions wire)
    {
        wire.WebSearchOptions ??= new Sdk.ChatWebSearchOptions();
        if (WebSearchLocation.Find(tool) is { } place)
        {
            // The SDK does not know the field.
            wire.Patch.Set("$.web_search_options.user_location"u8, JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    type = "approximate",
                    approximate = new { country = place.Country, region = place.Region, city = place.City, timezone = place.TimeZone },
                },
                s_withoutNulls));
        }
    }

    private static Sdk.ChatToolChoice? Choice(ChatToolMode? mode) => mode switch
    {
        NoneChatToolMode => Sdk.ChatToolChoice.CreateNoneChoice(),
        AutoChatToolMode => Sdk.ChatToolChoice.CreateAutoChoice(),
        RequiredChatToolMode { RequiredFunctionName: { } name } => Sdk.ChatToolChoice.CreateFunctionChoice(name),
        RequiredChatToolMode => Sdk.ChatToolChoice.CreateRequiredChoice(),
        _ => null,
    };

    private static Sdk.ChatResponseFormat? Format(ChatOptions options)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson json)
        {
            return options.ResponseFormat is ChatResponseFormatText ? Sdk.ChatResponseFormat.CreateTextFormat() : null;
        }

        if (json.Schema is not { } schema)
        {
            return Sdk.ChatResponseFormat.CreateJsonObjectFormat();
        }

        var strict = options.AdditionalProperties?.TryGetValue("strict", out var value) != true || value is true;
        var sent = strict ? AIJsonUtilities.TransformSchema(schema, s_strict) : schema;
        return Sdk.ChatResponseFormat.CreateJsonSchemaFormat(
            json.SchemaName ?? "answer", BinaryData.FromString(sent.GetRawText()), json.SchemaDescription, strict);
    }

    private static Sdk.ChatReasoningEffortLevel? Effort(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => Sdk.ChatReasoningEffortLevel.None,
        ReasoningEffort.Low => Sdk.ChatReasoningEffortLevel.Low,
        ReasoningEffort.Medium => Sdk.ChatReasoningEffortLevel.Medium,
        ReasoningEffort.High => Sdk.ChatReasoningEffortLevel.High,
        ReasoningEffort.ExtraHigh => Sdk.ChatReasoningEffortLevel.ExtraHigh,
        _ => default(Sdk.ChatReasoningEffortLevel?), // a bare null would convert through the type's string operator, and throw
    };
}
