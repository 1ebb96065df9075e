using BlazorAgents.Testing.Specification;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>All that is driven under contract.</summary>
internal static class ContractScenarios
{
    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        .. ChatScenarios.All, .. ModelScenarios.All, .. ResponseScenarios.All, .. ScriptedResponseScenarios.All, .. ConversationScenarios.All,
        .. FileScenarios.All, .. VectorStoreScenarios.All,
    ];

    /// <summary>Paths that the emulator does not serve yet.</summary>
    private static readonly string[] s_notServed = ["/containers", "/assistants", "/threads"];

    /// <summary>Operations that nothing drives, and why.</summary>
    public static IReadOnlyDictionary<string, string> NotDriven { get; } = new Dictionary<string, string>(
        OpenApiContract.OpenAI.Operations
            .Where(operation => s_notServed.Contains("/" + operation.Path.Split('/')[1]))
            .Select(operation => KeyValuePair.Create(operation.Id, "The emulator does not serve it yet.")))
    {
        ["listChatCompletions"] = StoredChats,
        ["getChatCompletion"] = StoredChats,
        ["updateChatCompletion"] = StoredChats,
        ["deleteChatCompletion"] = StoredChats,
        ["getChatCompletionMessages"] = StoredChats,
        ["Compactconversation"] = "The emulator does not compact conversations, and nothing of ours asks for it.",
        ["deleteModel"] = "Deletes fine-tuned models, which the emulator does not have.",
    };

    /// <summary>Events that no scenario streams, and why.</summary>
    public static IReadOnlyDictionary<string, string> NotSent { get; } = new Dictionary<string, string>(
        OpenApiContract.OpenAI.Events["AssistantStreamEvent"].Select(name => KeyValuePair.Create(name, "The emulator does not serve it yet.")))
    {
        ["response.audio.delta"] = Sound,
        ["response.audio.done"] = Sound,
        ["response.audio.transcript.delta"] = Sound,
        ["response.audio.transcript.done"] = Sound,
        ["response.shell_call_command.added"] = Shell,
        ["response.shell_call_command.delta"] = Shell,
        ["response.shell_call_command.done"] = Shell,
        ["response.shell_call_output_content.delta"] = Shell,
        ["response.shell_call_output_content.done"] = Shell,
    };

    private const string Sound = "Nothing of ours asks for spoken answers.";

    private const string Shell = "Nothing of ours offers the shell tool.";

    private const string StoredChats = "Chat completions are not stored by the emulator, and nothing of ours asks for stored ones.";
}
