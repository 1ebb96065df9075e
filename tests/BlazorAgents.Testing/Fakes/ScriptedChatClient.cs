using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Testing.Fakes;

/// <summary>A model that says what a test wrote, one script for each call, and keeps what it was asked.</summary>
public sealed class ScriptedChatClient : IChatClient
{
    private readonly ConcurrentQueue<Func<ScriptedRequest, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>> _scripts = new();
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();

    /// <summary>What was asked, oldest first.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>The script of each call that has none of its own; null makes such a call fail the test.</summary>
    public Func<ScriptedRequest, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>? Otherwise { get; set; }

    /// <summary>A function call as a model would make it.</summary>
    public static FunctionCallContent Call(string id, string name, string argumentsJson = "{}") =>
        ToolCallArguments.CreateCall(id, name, argumentsJson);

    /// <summary>The next call streams these contents, one update each, and finishes.</summary>
    public ScriptedChatClient Then(ChatFinishReason reason, params AIContent[] contents) => Then((_, ct) => Stream(reason, contents, ct));

    /// <summary>The next call answers with text, one update for each piece.</summary>
    public ScriptedChatClient ThenText(params string[] pieces) =>
        Then(ChatFinishReason.Stop, [.. pieces.Select(p => new TextContent(p))]);

    /// <summary>The next call asks for tools.</summary>
    public ScriptedChatClient ThenCalls(params FunctionCallContent[] calls) => Then(ChatFinishReason.ToolCalls, [.. calls]);

    /// <summary>The next call streams these contents and then throws.</summary>
    public ScriptedChatClient ThenFault(Exception fault, params AIContent[] before) => Then((_, ct) => Break(fault, before, ct));

    /// <summary>The next call runs a script of the test's own.</summary>
    public ScriptedChatClient Then(Func<ScriptedRequest, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> script)
    {
        _scripts.Enqueue(script);
        return this;
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new ScriptedRequest([.. messages], options);
        _requests.Enqueue(request);
        return _scripts.TryDequeue(out var script) ? script(request, cancellationToken)
            : Otherwise is not null ? Otherwise(request, cancellationToken)
            : throw new InvalidOperationException($"The test has no script for model call {_requests.Count}.");
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType?.IsInstanceOfType(this) == true ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Streams contents, one update each, and finishes.</summary>
    public static async IAsyncEnumerable<ChatResponseUpdate> Stream(
        ChatFinishReason? reason, IEnumerable<AIContent> contents, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var content in contents)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]) { ModelId = "scripted" };
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { ModelId = "scripted", FinishReason = reason };
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Break(
        Exception fault, IEnumerable<AIContent> before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var content in before)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]) { ModelId = "scripted" };
        }

        await Task.Yield();
        throw fault;
    }
}
