namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>All that is driven under contract.</summary>
internal static class ContractScenarios
{
    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        .. ChatScenarios.All, .. ModelScenarios.All, .. ResponseScenarios.All, .. ScriptedResponseScenarios.All, .. ConversationScenarios.All,
        .. FileScenarios.All, .. VectorStoreScenarios.All, .. ContainerScenarios.All, .. AssistantScenarios.All, .. RunScenarios.All, .. HostedToolScenarios.All,
    ];

    /// <summary>Operations that nothing drives, and why.</summary>
    public static IReadOnlyDictionary<string, string> NotDriven { get; } = new Dictionary<string, string>
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
    public static IReadOnlyDictionary<string, string> NotSent { get; } = new Dictionary<string, string>
    {
        ["error"] = "Of assistants: the emulator's runs end with thread.run.failed, which says what went wrong. Of responses it is sent.",
        ["thread.run.expired"] = Expired,
        ["thread.run.step.expired"] = Expired,
        ["thread.run.step.failed"] = "The emulator's runs fail before they write anything: the model answers whole, or not at all.",
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

    private const string Expired = "A run expires while it waits for its tools; its stream ended when it asked for them.";

    private const string Sound = "Nothing of ours asks for spoken answers.";

    private const string Shell = "Nothing of ours offers the shell tool.";

    private const string StoredChats = "Chat completions are not stored by the emulator, and nothing of ours asks for stored ones.";
}
