using System.Runtime.CompilerServices;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlazorAgents.Agents;

/// <summary>An agent: a chat client with instructions, tools and a tool loop. Works with any <see cref="IChatClient"/>.</summary>
/// <param name="client">The model.</param>
/// <param name="options">What the agent is.</param>
/// <param name="time">The clock of timeouts and limits; null takes the system's.</param>
/// <param name="services">Where tools get their injected parameters from.</param>
/// <param name="logger">Gets the exceptions of tools, which the model never sees; null takes the services' logger, if any.</param>
/// <example>A whole console program:
/// <code>
/// using System.ComponentModel;
/// using BlazorAgents.Agents;
/// using Microsoft.Extensions.AI;
///
/// [Description("Gets the weather for a place.")]
/// static string GetWeather([Description("The place.")] string location) => $"The weather in {location} is sunny, 24 °C.";
///
/// IChatClient client = ...; // any chat client
/// var agent = client.CreateAgent("WeatherAgent", "You are a helpful weather assistant.", [AIFunctionFactory.Create(GetWeather)]);
/// Console.WriteLine(await agent.RunAsync("What's the weather like in Seattle?"));
/// </code>
/// </example>
public sealed partial class ChatAgent(
    IChatClient client,
    ChatAgentOptions options,
    TimeProvider? time = null,
    IServiceProvider? services = null,
    ILogger<ChatAgent>? logger = null)
    : IAsyncDisposable
{
    private readonly AgentRuntime _runtime = new(
        client, options, time ?? TimeProvider.System, services, FindLogger(logger, services));

    /// <summary>What the agent is.</summary>
    public ChatAgentOptions Options { get; } = options;

    private IServiceThreads? ServiceThreads => client.GetService(typeof(IServiceThreads)) as IServiceThreads;

    /// <summary>A new thread of the kind that the client prefers: on the provider's side, else in this process.</summary>
    public AgentThread GetNewThread() => ServiceThreads is { AreDefault: true } ? AgentThread.OnService() : new AgentThread();

    /// <summary>The messages of a thread, oldest first, wherever they are kept.</summary>
    /// <exception cref="NotSupportedException">The provider keeps them, and the client cannot list them.</exception>
    /// <exception cref="AgentException">The provider does not know the thread, or cannot be reached.</exception>
    public async Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(AgentThread thread, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(thread);
        return thread switch
        {
            { MessageStore: { } store } => await store.GetMessagesAsync(cancellationToken),
            { ServiceThreadId: { } id } => await CheckedServiceThreads().GetMessagesAsync(id, cancellationToken),
            _ => [],
        };
    }

    /// <summary>Deletes a thread on the provider's side; messages on our side belong to their store.</summary>
    /// <exception cref="NotSupportedException">The client cannot delete threads.</exception>
    /// <exception cref="AgentException">The provider cannot be reached or refuses.</exception>
    public async Task DeleteThreadAsync(AgentThread thread, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(thread);
        if (thread.ServiceThreadId is { } id)
        {
            await CheckedServiceThreads().DeleteAsync(id, cancellationToken);
        }
    }

    /// <summary>Deletes what the agent's client made on the server. Agents that share a client share that too: it is made again when needed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (ServiceThreads is { } threads)
        {
            await threads.CleanUpAsync();
        }
    }

    /// <summary>The whole answer to <paramref name="message"/>.</summary>
    /// <exception cref="ArgumentException">The input is empty.</exception>
    /// <exception cref="AgentException">The model call failed.</exception>
    public Task<AgentResponse> RunAsync(
        string message,
        AgentThread? thread = null,
        AgentRunOptions? runOptions = null,
        CancellationToken cancellationToken = default) =>
        RunAsync([new ChatMessage(ChatRole.User, message)], thread, runOptions, cancellationToken);

    /// <summary>The whole answer to <paramref name="messages"/>.</summary>
    /// <inheritdoc cref="RunAsync(string, AgentThread?, AgentRunOptions?, CancellationToken)"/>
    public async Task<AgentResponse> RunAsync(
        IReadOnlyList<ChatMessage> messages,
        AgentThread? thread = null,
        AgentRunOptions? runOptions = null,
        CancellationToken cancellationToken = default)
    {
        var run = CreateRun(messages, thread, runOptions);
        var reason = AgentFinishReason.Empty;
        await foreach (var update in run.StreamAsync(cancellationToken))
        {
            reason = update is AgentUpdate.Finished finished ? finished.Reason : reason;
        }

        return new AgentResponse(run.AddedMessages, run.Usage, reason);
    }

    /// <summary>Streams the answer to <paramref name="message"/>.</summary>
    /// <inheritdoc cref="RunStreamingAsync(IReadOnlyList{ChatMessage}, AgentThread?, AgentRunOptions?, CancellationToken)"/>
    public IAsyncEnumerable<AgentUpdate> RunStreamingAsync(
        string message,
        AgentThread? thread = null,
        AgentRunOptions? runOptions = null,
        CancellationToken cancellationToken = default) =>
        RunStreamingAsync([new ChatMessage(ChatRole.User, message)], thread, runOptions, cancellationToken);

    /// <summary>Streams the answer to <paramref name="messages"/>.</summary>
    /// <exception cref="ArgumentException">The input is empty.</exception>
    /// <exception cref="AgentException">The model call failed; what was streamed before stays valid.</exception>
    public async IAsyncEnumerable<AgentUpdate> RunStreamingAsync(
        IReadOnlyList<ChatMessage> messages,
        AgentThread? thread = null,
        AgentRunOptions? runOptions = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var run = CreateRun(messages, thread, runOptions);
        await foreach (var update in run.StreamAsync(cancellationToken))
        {
            yield return update;
        }
    }

    private IServiceThreads CheckedServiceThreads() => ServiceThreads
        ?? throw new NotSupportedException("This agent's client can neither list nor delete the provider's threads.");

    private static ILogger FindLogger(ILogger? logger, IServiceProvider? services) =>
        logger ?? services?.GetService(typeof(ILogger<ChatAgent>)) as ILogger ?? NullLogger.Instance;

    private AgentRun CreateRun(IReadOnlyList<ChatMessage> messages, AgentThread? thread, AgentRunOptions? runOptions)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (!messages.Any(HasContent))
        {
            throw new ArgumentException("The message is empty.", nameof(messages));
        }

        return new AgentRun(_runtime, messages, thread, runOptions ?? new AgentRunOptions());
    }

    private static bool HasContent(ChatMessage message) =>
        message.Contents.Any(content => content is not TextContent text || !string.IsNullOrWhiteSpace(text.Text));
}
