using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.VectorStores;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>Assistants and threads of one server. Everything in them changes under <see cref="Gate"/>.</summary>
internal sealed class AssistantStore(EmulatorState state, StorageCap cap, TimeProvider time)
{
    /// <summary>What an assistant, thread, run or message takes beside its text, in bytes.</summary>
    private const int Overhead = 500;

    private readonly OrderedDictionary<string, Assistant> _assistants = [];
    private readonly Dictionary<string, AssistantThread> _threads = [];

    public Lock Gate { get; } = new();

    public long Now => time.GetUtcNow().ToUnixTimeSeconds();

    public IEnumerable<Assistant> Assistants => _assistants.Values;

    public void Put(Assistant assistant)
    {
        cap.Take(Overhead + assistant.Size);
        Release(assistant.Id);
        _assistants[assistant.Id] = assistant;
    }

    public Assistant GetAssistant(string id) => _assistants.GetValueOrDefault(Parameters.RequirePrefix("assistant_id", id, "asst_"))
        ?? throw new ApiErrorException(new ApiError(404, $"No assistant found with id '{id}'."));

    public void DeleteAssistant(string id)
    {
        Release(GetAssistant(id).Id);
        _assistants.Remove(id);
    }

    public AssistantThread GetThread(string id) => _threads.GetValueOrDefault(Parameters.RequirePrefix("thread_id", id, "thread_"))
        ?? throw new ApiErrorException(new ApiError(404, $"No thread found with id '{id}'."));

    public AssistantThread AddThread(IReadOnlyList<NewMessage> messages, ToolResources resources, IReadOnlyDictionary<string, string> metadata)
    {
        cap.Take(Overhead);
        var thread = new AssistantThread(WireId.New("thread"), Now) { Resources = resources, Metadata = metadata, Size = Overhead };
        foreach (var message in messages)
        {
            AddMessage(thread, message);
        }

        _threads.Add(thread.Id, thread);
        return thread;
    }

    public void DeleteThread(string id)
    {
        var thread = GetThread(id);
        foreach (var run in thread.Runs.Values.Where(run => run.IsActive))
        {
            run.End("cancelled", Now);
            run.Work?.Cancel();
        }

        _threads.Remove(id);
        cap.Release(thread.Size);
    }

    public static ThreadMessage GetMessage(AssistantThread thread, string id) => thread.Messages.GetValueOrDefault(Parameters.RequirePrefix("message_id", id, "msg_"))
        ?? throw new ApiErrorException(new ApiError(404, $"No message found with id '{id}'."));

    public ThreadMessage AddMessage(AssistantThread thread, NewMessage given)
    {
        var message = new ThreadMessage(WireId.New("msg"), thread.Id, given.Role, Now)
        {
            Given = given.Content,
            Text = given.Text,
            Images = given.Images,
            Attachments = given.Attachments,
            Metadata = given.Metadata,
        };
        Reserve(thread, given.Size);
        Attach(thread, given);
        thread.Messages.Add(message.Id, message);
        return message;
    }

    /// <summary>Counts text that a thread is about to keep. Throws 413.</summary>
    public void Reserve(AssistantThread thread, int characters)
    {
        var size = Overhead + (characters * (long)sizeof(char));
        cap.Take(size);
        thread.Size += size;
    }

    public Run GetRun(AssistantThread thread, string id) => thread.Runs.TryGetValue(Parameters.RequirePrefix("run_id", id, "run_"), out var run)
        ? Refresh(run)
        : throw new ApiErrorException(new ApiError(404, $"No run found with id '{id}'."));

    /// <summary>The run that keeps a thread busy, or null.</summary>
    public Run? ActiveRun(AssistantThread thread) => thread.Runs.Values.LastOrDefault(run => Refresh(run).IsActive);

    /// <summary>Ends a run whose ten minutes are over.</summary>
    public Run Refresh(Run run)
    {
        if (run.IsActive && run.ExpiresAt <= Now)
        {
            run.End("expired", Now);
            run.Work?.Cancel();
        }

        return run;
    }

    private void Release(string assistantId) =>
        cap.Release(_assistants.TryGetValue(assistantId, out var assistant) ? Overhead + assistant.Size : 0);

    /// <summary>Attached files go to the thread's own store, which is made if there is none, and to its code files.</summary>
    private void Attach(AssistantThread thread, NewMessage given)
    {
        if (given.SearchFiles.Count > 0)
        {
            List<FileToAdd> files = [.. given.SearchFiles.Select(file => new FileToAdd(file, ChunkingStrategy.Auto, new Dictionary<string, object>()))];
            if (thread.Resources.VectorStores is [var store, ..])
            {
                state.VectorStores.AddFiles(store, files);
            }
            else
            {
                var made = state.VectorStores.Create((id, now) => new VectorStore(id, now) { ExpiresAfterDays = ToolResources.ThreadStoreDays }, files);
                thread.Resources = thread.Resources with { VectorStores = [made.Id] };
            }
        }

        if (given.CodeFiles.Count > 0)
        {
            thread.Resources = thread.Resources with { CodeFiles = [.. thread.Resources.CodeFiles.Union(given.CodeFiles.Select(file => file.Id))] };
        }
    }
}
