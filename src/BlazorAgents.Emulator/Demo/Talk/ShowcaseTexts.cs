namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>The texts of <see cref="Showcase"/>.</summary>
internal static class ShowcaseTexts
{
    public const string Story = """
        Mara kept the lighthouse at the end of the long pier. Every evening she climbed the ninety-one steps, wound the clockwork and lit the lamp.

        One night the fog came in so thick that the light could not cross the harbour. Somewhere out there a small boat was ringing its bell. Mara looked at the lamp, then at the old brass horn that nobody had touched for years. She took a breath and blew.

        The horn answered with a sound like a sleepy whale. The bell rang back, a little nearer. Horn and bell talked like that for an hour, until a boat slid out of the grey and bumped softly against the pier.

        "I could not see your light," said the boy at the oars.

        "No," said Mara, and wound the clockwork once more. "But you listened."
        """;

    public const string Table = """
        Here is a small table:

        | City | Country | Founded | Population |
        | --- | --- | ---: | ---: |
        | Seattle | United States | 1851 | 737,015 |
        | Lisbon | Portugal | c. 1200 BC | 545,796 |
        | Kyoto | Japan | 794 | 1,463,723 |

        The last two columns are aligned to the right.
        """;

    public const string Code = """
        A function in C#:

        ```csharp
        public static int Fibonacci(int n)
        {
            var (current, next) = (0, 1);
            for (var step = 0; step < n; step++)
            {
                (current, next) = (next, current + next);
            }

            return current;
        }
        ```

        The same in Python:

        ```python
        def fibonacci(n: int) -> int:
            current, following = 0, 1
            for _ in range(n):
                current, following = following, current + following
            return current
        ```

        And its first values in JSON:

        ```json
        { "name": "fibonacci", "values": [0, 1, 1, 2, 3, 5, 8, 13] }
        ```
        """;

    public const string Everything = """
        # Markdown in this chat

        Text can be **bold**, *italic*, ~~struck out~~ or `code`, and it can hold [links](https://www.example.com).

        ## Lists

        1. First
        2. Second
           - a nested point
           - another one
             - and one deeper
        3. Third

        ### Tasks

        - [x] Stream the answer
        - [x] Draw finished blocks once
        - [ ] Take a break

        ## A table

        | Shape | Sides | Sum of angles |
        | --- | :---: | ---: |
        | Triangle | 3 | 180° |
        | Square | 4 | 360° |
        | Hexagon | 6 | 720° |

        ## A quote

        > Simple things should be simple, complex things should be possible.
        >
        > — Alan Kay

        ---

        ## Code


        """ + Code;

    private const string Opening = """
        # How a message travels

        This is the long answer of the offline demo. It describes what happens between your key press and the last word on the screen, so that there is something to read while you watch it stream.

        """;

    private const string Journey = """

        ## 1. From the keyboard to the server

        Your text stays in the browser until you send it. Then it travels to the server once, is stored together with the conversation, and a run is started for it. The run belongs to the server: closing the page does not stop it, and a second page can watch it.

        ## 2. From the server to the model

        The history is rebuilt from what is stored. Instructions come first, then the messages in order, and every tool call stands next to its result. The request goes out over HTTP and the answer comes back as a stream of small events:

        ```json
        {"choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}]}
        {"choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}]}
        ```

        ## 3. Tools

        When the model asks for a tool, its arguments are checked against the schema before anything else happens:

        | Check | Why |
        | --- | --- |
        | The tool exists | A model may invent one |
        | The arguments fit | A wrong type must not reach your code |
        | Somebody approved it | Some tools change things |
        | It has not just run | A loop costs time and money |

        Only then does it run, with a time limit, and its result goes back to the model.

        ## 4. Back to the screen

        The words are gathered for a few hundredths of a second and drawn together:

        - finished paragraphs are never drawn again
        - the open paragraph is repaired while it is incomplete
        - the view follows the end only while you are there

        ```csharp
        await foreach (var update in agent.RunStreamingAsync(message, thread, cancellationToken))
        {
            recorder.Apply(update);
        }
        ```

        ## 5. What is kept

        1. The text, at least once a second
        2. The tool calls with their results
        3. The tokens used
        4. How the run ended: completed, stopped, failed or interrupted

        > An answer that was cut off must never look like one that was finished.

        ## 6. If something breaks

        A lost connection leaves the part that has arrived. You can let the answer go on from there, or have it written again. Nothing that changes the world is repeated by itself.

        """;

    private const string Closing = """

        ## In short

        Store first, stream second, draw last, and say plainly how it ended. That was the long answer; a real model can write a better one about whatever you ask.
        """;

    public const string LongAnswer = Opening + Journey + Closing;
}
